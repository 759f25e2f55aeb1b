import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { AppError } from '@likeness/contracts/errors';
import { type CsvError, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { assertHeaderIsText, completeMapping, type Mapping } from './mapping.ts';
import { type ProductRow, type Reject, toProductRow } from './product-row.ts';

export type TableInput = { file: string; name: string; mapping: Readonly<Record<string, string>> };
const PROBE_BYTES = 256 * 1024;

/** Rows of a CSV or JSON-lines file one by one, in flat memory; what cannot be a product comes as a reject. */
export async function* readTable(input: TableInput): AsyncGenerator<ProductRow | Reject> {
  const probe = await readStart(input.file);
  if (/\.(jsonl|ndjson|json)$/i.test(input.name) || /^\s*\{/.test(probe.toString('utf8', 0, 64)))
    yield* readJsonLines(input);
  else yield* readCsv(input, probe);
}

async function* readCsv(input: TableInput, probe: Buffer): AsyncGenerator<ProductRow | Reject> {
  const encoding = detectEncoding(probe);
  const start = iconv.decode(probe, encoding);
  assertHeaderIsText([start.split(/\r?\n/, 1)[0] ?? '']);
  const delimiter = detectDelimiter(start);
  const skipped: Reject[] = [];
  const parser = parse({
    bom: true,
    columns: (header: string[]) => header.map((name, i) => name.trim() || `column_${i + 1}`),
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: 1024 * 1024,
    on_skip: (error?: CsvError) => {
      skipped.push({
        line: Number(error?.lines ?? 0) || null,
        file: null,
        code: 'row_broken',
        message: error?.message ?? 'The row cannot be read.',
      });
    },
  });
  const source = createReadStream(input.file).pipe(iconv.decodeStream(encoding)).pipe(parser);
  let mapping: Mapping | null = null;
  for await (const { record, info } of source as AsyncIterable<{
    record: Record<string, string>;
    info: { lines: number };
  }>) {
    if (!mapping) {
      assertHeaderIsText(Object.keys(record));
      mapping = completeMapping(input.mapping, Object.keys(record));
    }
    yield* skipped.splice(0);
    yield toProductRow(record, { mapping, line: info.lines });
  }
  yield* skipped.splice(0);
}

async function* readJsonLines(input: TableInput): AsyncGenerator<ProductRow | Reject> {
  let line = 0;
  for await (const text of createInterface({
    input: createReadStream(input.file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
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
  for (const [name, field] of Object.entries(value)) {
    if (name === 'attributes' && field && typeof field === 'object')
      for (const [attribute, each] of Object.entries(field)) record[`attr.${attribute}`] = asText(each);
    else record[name] = asText(field);
  }
  try {
    const row = toProductRow(record, { mapping: completeMapping(given, Object.keys(record), 'loose'), line });
    return row;
  } catch (error) {
    return {
      line,
      file: null,
      code: error instanceof AppError ? error.code : 'row_broken',
      message: (error as Error).message,
    };
  }
}

const asText = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(asText).join('|')
    : typeof value === 'object'
      ? value === null
        ? ''
        : JSON.stringify(value)
      : String(value ?? '');

async function readStart(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(PROBE_BYTES), 0, PROBE_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Byte order mark, else UTF-8 if the start is valid UTF-8, else GB18030 (what Chinese office programs write). */
export function detectEncoding(start: Buffer): 'utf8' | 'utf16le' | 'utf16be' | 'gb18030' {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf16be';
  const text = start.subarray(0, Math.max(0, start.length - 4)); // a character may be cut at the end
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(text, { stream: true });
    return 'utf8';
  } catch {
    return 'gb18030';
  }
}

export function detectDelimiter(start: string): string {
  const header = start.split(/\r?\n/)[0]?.replace(/"[^"]*"/g, '') ?? '';
  const counts = [',', ';', '\t', '|'].map(
    (delimiter) => [header.split(delimiter).length, delimiter] as const,
  );
  return counts.reduce((best, each) => (each[0] > best[0] ? each : best))[1];
}
