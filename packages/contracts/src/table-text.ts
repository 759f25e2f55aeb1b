export type TableEncoding = 'utf8' | 'utf16le' | 'utf16be' | 'gb18030' | 'windows-1252';

/**
 * How the text of a table is written, from its first bytes: by byte order mark; UTF-8 where that is what they are; else
 * GB18030 (Chinese office programs) or Windows-1252 (western ones), whichever their high bytes look like: Chinese letters
 * are pairs of them, an accented letter stands alone among plain ones, or two stand within a word ("Größe").
 * @param isCut the bytes are the start of more, so that a character may be cut at the end
 */
export function detectEncoding(start: Uint8Array, isCut: boolean): TableEncoding {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: isCut });
    return 'utf8';
  } catch {
    return looksWestern(start) ? 'windows-1252' : 'gb18030';
  }
}

/** Chinese letters whose second byte is a plain one are rare: where a quarter of the high bytes stand alone, it is not Chinese. */
const WESTERN_SHARE = 1 / 3;

function looksWestern(bytes: Uint8Array): boolean {
  let [western, pairs, run] = [0, 0, 0];
  for (const [at, byte] of bytes.entries()) {
    if (byte >= 0x80) {
      run += 1;
      continue;
    }
    const inWord = run === 2 && isSmallLetter(byte) && isSmallLetter(bytes[at - 3] ?? 0);
    // A digit behind a single one may be GB18030's way of writing a rare character in four bytes.
    if (inWord || (run === 1 && !isDigit(byte))) western += 1;
    else if (run > 1) pairs += run / 2;
    run = 0;
  }
  return pairs === 0 || western > pairs * WESTERN_SHARE;
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isSmallLetter = (byte: number): boolean => byte >= 0x61 && byte <= 0x7a;

const LABELS = { utf16le: 'utf-16le', utf16be: 'utf-16be' } as const;

/** The text of a table, or of its first bytes; the byte order mark is taken off. */
export function decodeTable(bytes: Uint8Array, isCut = false): string {
  const encoding = detectEncoding(bytes, isCut);
  const label = encoding === 'utf16le' || encoding === 'utf16be' ? LABELS[encoding] : encoding;
  return new TextDecoder(label).decode(bytes, { stream: isCut });
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** What spreadsheets write above a table to say its separator. */
const SEPARATOR_LINE = /^sep=([,;\t|])\r?$/i;

/** The separator of cells and whether the first line does nothing but name it; else the one that the header has most of. */
export function detectDelimiter(start: string): { delimiter: string; named: boolean } {
  const header = start.split(/\r?\n|\r/, 1)[0] ?? '';
  const named = SEPARATOR_LINE.exec(header)?.[1];
  if (named) return { delimiter: named, named: true };
  const plain = header.replace(/"[^"]*"/g, '');
  const count = (delimiter: string): number => plain.split(delimiter).length;
  const delimiter = DELIMITERS.reduce((best, each) => (count(each) > count(best) ? each : best));
  return { delimiter, named: false };
}

/** How csv-parse reads a query table (contract §2): names of columns in any case, the separator that it has. */
export function queryTableOptions(text: string) {
  const { delimiter, named } = detectDelimiter(text);
  return {
    columns: (header: string[]): string[] => header.map((name) => name.trim().toLowerCase()),
    delimiter,
    from_line: named ? 2 : 1,
    relax_column_count: true,
    skip_empty_lines: true,
  };
}

/** Names of columns as they are chosen by: one without a name by its place. */
export const columnNames = (header: readonly string[]): string[] =>
  header.map((name, i) => name.trim() || `column_${i + 1}`);
