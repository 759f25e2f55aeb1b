import { columnNames, decodeTable, detectDelimiter } from '@likeness/contracts/table-text';

const HEAD_BYTES = 64 * 1024;
const ROWS = 4;

export type TableHead = { columns: string[]; rows: string[][] };

/** Columns and first rows of a table, for choosing which is what; the server reads the whole file by the same rules. */
export async function readHead(file: File | undefined): Promise<TableHead> {
  if (!file) return { columns: [], rows: [] };
  const bytes = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const text = decodeTable(bytes, file.size > HEAD_BYTES);
  if (/\.(jsonl|ndjson|json)$/i.test(file.name) || /^\s*\{/.test(text)) return headOfJson(text);
  const { delimiter, named } = detectDelimiter(text);
  const [columns = [], ...rows] = parseRows(text, { rows: ROWS + (named ? 1 : 0), delimiter }).slice(
    named ? 1 : 0,
  );
  return { columns: columnNames(columns), rows };
}

/** Fields of the first lines, those of `attributes` one by one; a line that is cut or broken is passed over. */
function headOfJson(text: string): TableHead {
  const records = text
    .split('\n', ROWS)
    .flatMap((line) => recordOf(line))
    .map((record) => {
      const { attributes, ...fields } = record;
      const own = typeof attributes === 'object' && attributes !== null ? Object.entries(attributes) : [];
      return new Map([
        ...Object.entries(fields),
        ...own.map(([name, value]) => [`attr.${name}`, value] as const),
      ]);
    });
  const columns = [...new Set(records.flatMap((record) => [...record.keys()]))];
  const rows = records.map((record) => columns.map((column) => asCell(record.get(column))));
  return { columns, rows };
}

function recordOf(line: string): Record<string, unknown>[] {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? [value as Record<string, unknown>]
      : [];
  } catch {
    return [];
  }
}

const asCell = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(asCell).join('|')
    : value === null || value === undefined
      ? ''
      : String(value);

/** Rows of quoted or plain cells. */
export function parseRows(text: string, how: { rows: number; delimiter: string }): string[][] {
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
    else if (char === how.delimiter) {
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
