import { AppError } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';
import type { AttributeValue } from '@likeness/contracts/rest/products';
import { cutText } from '@likeness/contracts/storable-text';
import { columnNames, detectDelimiter, detectEncoding } from '@likeness/contracts/table-text';
import iconv from 'iconv-lite';
import { csvRecords } from './csv-records.ts';
import { assertHeaderIsText, assertIsText, completeMapping, type Mapping } from './mapping.ts';
import { isReject, type ProductRow, type Reject, toProductRow } from './product-row.ts';
import { linesOf, readStart } from './table-lines.ts';

export type TableInput = { file: string; name: string; mapping: Readonly<Record<string, string>> };

/** Rows of a CSV or JSON-lines file one by one, in flat memory; what cannot be a product comes as a reject. */
export async function* readTable(input: TableInput): AsyncGenerator<ProductRow | Reject> {
  const { bytes, isCut } = await readStart(input.file);
  const encoding = detectEncoding(bytes, isCut);
  const start = iconv.decode(bytes, encoding);
  assertIsText(start);
  if (start.trim() === '')
    throw new AppError('invalid_csv', {
      message: 'The table is empty.',
      hint: 'It needs a header line and rows.',
    });
  const lines = linesOf(input.file, { encoding, start });
  if (/\.(jsonl|ndjson|json)$/i.test(input.name) || /^\s*\{/.test(start)) yield* readJsonLines(lines, input);
  else yield* readCsv(lines, { ...input, start });
}

async function* readCsv(
  lines: AsyncIterable<string>,
  input: TableInput & { start: string },
): AsyncGenerator<ProductRow | Reject> {
  assertHeaderIsText([input.start.split(/\r?\n/, 1)[0] ?? '']);
  const { delimiter, named } = detectDelimiter(input.start);
  let header: string[] | null = null;
  let mapping: Mapping | null = null;
  let isFirst = named;
  for await (const record of csvRecords(lines, delimiter)) {
    if (isFirst) {
      isFirst = false;
      continue;
    }
    if ('broken' in record) {
      if (!header) throw new AppError('invalid_csv', { message: `The header line: ${record.broken}` });
      yield { line: record.line, file: null, code: 'row_broken', message: record.broken };
      continue;
    }
    if (!header || !mapping) {
      header = columnNames(record.cells);
      assertHeaderIsText(header);
      mapping = completeMapping(input.mapping, header);
      continue;
    }
    const row = toProductRow(recordOf(header, record.cells), { mapping, line: record.line });
    const beyond = record.cells.slice(header.length).filter((cell) => cell.trim() !== '');
    if (beyond.length > 0 && !isReject(row)) row.flaws.push(cellsBeyond(record.line, beyond.length));
    yield row;
  }
}

/** Most often a text with a separator in it that stands in no quotes: the cells behind it have moved. */
const cellsBeyond = (line: number, count: number): Reject => ({
  line,
  file: null,
  code: 'cells_beyond_header',
  message: `The row has ${count === 1 ? 'a cell' : `${count} cells`} more than the header; what is beyond it was left out.`,
});

/** Cells by the names of their columns; what two columns of one name hold is joined, as names of pictures are. */
function recordOf(header: readonly string[], cells: readonly string[]): Record<string, string> {
  const record: Record<string, string> = Object.create(null);
  for (const [i, name] of header.entries()) {
    const [before, cell = ''] = [record[name], cells[i]];
    record[name] = before && cell && before !== cell ? `${before}|${cell}` : before || cell;
  }
  return record;
}

async function* readJsonLines(
  lines: AsyncIterable<string>,
  input: TableInput,
): AsyncGenerator<ProductRow | Reject> {
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text.trim()) yield fromJson(text, line, input.mapping);
  }
}

function fromJson(text: string, line: number, given: Readonly<Record<string, string>>): ProductRow | Reject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { line, file: null, code: 'row_broken', message: 'The line is not JSON.' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { line, file: null, code: 'row_broken', message: 'The line is not a JSON object.' };
  const record: Record<string, string> = {};
  const typed = new Map<string, AttributeValue>();
  const put = (column: string, field: unknown): void => {
    record[column] = asText(field);
    const kept = typedValue(field);
    if (kept !== null) typed.set(column, kept);
  };
  for (const [name, field] of Object.entries(value)) {
    if (name === 'attributes' && field && typeof field === 'object')
      for (const [attribute, each] of Object.entries(field)) put(`attr.${attribute}`, each);
    else put(name, field);
  }
  try {
    return toProductRow(record, {
      mapping: completeMapping(given, Object.keys(record), 'loose'),
      line,
      typed,
    });
  } catch (error) {
    return {
      line,
      file: null,
      code: error instanceof AppError ? error.code : 'row_broken',
      message: (error as Error).message,
    };
  }
}

/** Numbers, yes or no, and lists of them or of texts stay what they are, as PUT /v1/products keeps them; null for other values. */
function typedValue(value: unknown): AttributeValue | null {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value;
  if (!Array.isArray(value) || value.some((each) => typeof each === 'object')) return null;
  const texts = value.map((each) => cutText(asText(each).trim(), LIMITS.textMax)).filter(Boolean);
  return texts.slice(0, LIMITS.attributeListMax);
}

const asText = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(asText).join('|')
    : typeof value === 'object'
      ? value === null
        ? ''
        : JSON.stringify(value)
      : String(value ?? '');
