import { parse } from 'csv-parse/sync';
import { LINE_MAX } from './table-lines.ts';

/** Cells of one record with the line on which it begins, or why that line is none. */
export type CsvRecord = { line: number; cells: string[] } | { line: number; broken: string };

/** A quoted cell that goes on for longer than this was never closed. */
const LINES_MAX = 100;
/** Records are parsed in groups: one call of the parser for each would cost more than the parsing. */
const GROUP = 200;
const NOT_CLOSED =
  'A quote is opened in this row and not closed; inside a quoted cell a quote is written "".';
const TOO_LONG = `The row has more than ${LINE_MAX} characters.`;

type Part = { line: number; text: string } | { line: number; broken: string };

/**
 * Records of a table of quoted or plain cells (RFC 4180; a quote inside a plain cell, and one that does not end its cell, are
 * text). One row with a quote that is never closed costs that row alone: reading goes on with its next line.
 */
export async function* csvRecords(
  lines: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<CsvRecord> {
  let group: Part[] = [];
  for await (const part of split(lines, delimiter)) {
    group.push(part);
    if (group.length < GROUP) continue;
    yield* parsed(group, delimiter);
    group = [];
  }
  yield* parsed(group, delimiter);
}

function* parsed(group: readonly Part[], delimiter: string): Generator<CsvRecord> {
  const whole = group.filter((part) => 'text' in part);
  const options = {
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  };
  const rows: string[][] = parse(whole.map(({ text }) => text).join(''), options);
  if (rows.length !== whole.length)
    throw new Error(`${whole.length} records of a table were parsed as ${rows.length}`);
  let at = 0;
  for (const part of group)
    yield 'broken' in part ? part : { line: part.line, cells: rows[at++] as string[] };
}

/** Texts of whole records, empty lines left out. */
async function* split(lines: AsyncIterable<string>, delimiter: string): AsyncGenerator<Part> {
  const source = lines[Symbol.asyncIterator]();
  let ahead: string[] = [];
  let line = 0;
  const next = async (): Promise<string | null> => {
    if (ahead.length > 0) return ahead.shift() as string;
    const { value, done } = await source.next();
    return done ? null : value;
  };
  for (let first = await next(); first !== null; first = await next()) {
    line += 1;
    if (isEmpty(first)) continue;
    const taken = [first];
    let open = opensQuote(first, { quoted: false, delimiter }).quoted;
    let size = first.length;
    while (open) {
      const more = taken.length < LINES_MAX && size < LINE_MAX ? await next() : null;
      if (more !== null) taken.push(more);
      const seen = more === null ? null : opensQuote(more, { quoted: true, delimiter });
      // A quote in the middle of a cell of a later line began that cell: the one above was never closed.
      if (seen === null || seen.stray) break;
      open = seen.quoted;
      size += more?.length ?? 0;
    }
    if (open || size > LINE_MAX) {
      yield { line, broken: first.length > LINE_MAX ? TOO_LONG : NOT_CLOSED };
      ahead = [...taken.slice(1), ...ahead];
      continue;
    }
    yield { line, text: endLine(taken.join('')) };
    line += taken.length - 1;
  }
}

const isEmpty = (line: string): boolean => line === '\n' || line === '\r\n' || line === '\r';
const endLine = (text: string): string => (/[\r\n]$/.test(text) ? text : `${text}\n`);

/** Whether a quoted cell is open at the end of the line, and whether one was closed by a quote that does not end its cell. */
function opensQuote(
  line: string,
  { quoted, delimiter }: { quoted: boolean; delimiter: string },
): { quoted: boolean; stray: boolean } {
  if (!line.includes('"')) return { quoted, stray: false };
  let [stray, atStart] = [false, !quoted];
  for (let i = 0; i < line.length; i++) {
    const char = line[i];
    if (quoted && char === '"') {
      const after = line[i + 1];
      if (after === '"') i += 1;
      else {
        quoted = false;
        stray ||= after !== undefined && after !== delimiter && after !== '\r' && after !== '\n';
      }
    } else if (!quoted) {
      quoted = atStart && char === '"';
      atStart = char === delimiter;
    }
  }
  return { quoted, stray };
}
