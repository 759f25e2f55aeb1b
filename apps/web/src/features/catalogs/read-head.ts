const HEAD_BYTES = 64 * 1024;

/** Header and first rows of a CSV, for choosing columns; the server reads the whole file by its own rules. */
export async function readHead(file: File | undefined): Promise<{ columns: string[]; rows: string[][] }> {
  if (!file || /\.(jsonl|ndjson)$/i.test(file.name)) return { columns: [], rows: [] };
  const bytes = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const text = decode(bytes).replace(/^\uFEFF/, '');
  const [columns = [], ...rows] = parseRows(text, { rows: 4 });
  return { columns: columns.map((each) => each.trim()).filter(Boolean), rows };
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, bytes.length - 4), {
      stream: true,
    });
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Rows of quoted or plain cells; the separator is the one that the header has most of. */
export function parseRows(text: string, how: { rows: number }): string[][] {
  const line = text.slice(0, text.search(/\r?\n|$/));
  const separator =
    [',', ';', '\t', '|'].toSorted((a, b) => line.split(b).length - line.split(a).length)[0] ?? ',';
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length && rows.length < how.rows; at++) {
    const char = text[at] ?? '';
    if (quoted) {
      if (char === '"' && text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (char === '"') quoted = false;
      else cell += char;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === separator) {
      row.push(cell);
      cell = '';
    } else if (char === '\n') {
      rows.push([...row, cell.replace(/\r$/, '')]);
      row = [];
      cell = '';
    } else cell += char;
  }
  if (rows.length < how.rows && (cell || row.length)) rows.push([...row, cell]);
  return rows;
}
