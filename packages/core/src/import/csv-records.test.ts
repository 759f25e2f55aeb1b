import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { decodeTable, detectDelimiter, detectEncoding } from '@likeness/contracts/table-text';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvRecords } from './csv-records.ts';
import { LINE_MAX, linesOf } from './table-lines.ts';

const shared = process.env.LIKENESS_SHARED ?? path.resolve(import.meta.dirname, '../../../../../shared');
const spectrum = path.join(shared, 'data/text-fixtures/csv-spectrum');
const isThere = existsSync(spectrum);

async function* of(text: string): AsyncGenerator<string> {
  yield* text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
const rowsOf = async (lines: AsyncIterable<string>, delimiter: string): Promise<unknown[]> => {
  const rows: unknown[] = [];
  for await (const record of csvRecords(lines, delimiter))
    rows.push('cells' in record ? record.cells : record.broken);
  return rows;
};

test('whatever cells hold, a table written by the rules is read back, over groups of records too', async () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', '裙', ';'),
    maxLength: 8,
  });
  const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 450 });
  await fc.assert(
    fc.asyncProperty(table, fc.constantFrom('\n', '\r\n'), async (rows, end) => {
      const written = rows
        .map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))
        .join(end);
      expect(await rowsOf(of(written), ',')).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

test('a line that is longer than a row may be costs itself alone, and no more memory than that', async () => {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'likeness-lines-')), 'long.csv');
  writeFileSync(file, `id,title\n1,a\n2,${'x'.repeat(3 * LINE_MAX)}\n3,c\n`);
  const lengths: number[] = [];
  for await (const line of linesOf(file, { encoding: 'utf8', start: 'id,title\n' }))
    lengths.push(line.length);
  expect(lengths).toEqual([9, 4, LINE_MAX + 1, 4]);
  const rows = await rowsOf(linesOf(file, { encoding: 'utf8', start: 'id,title\n' }), ',');
  expect(rows).toEqual([['id', 'title'], ['1', 'a'], expect.stringContaining('more than'), ['3', 'c']]);
  rmSync(path.dirname(file), { recursive: true });
});

describe.skipIf(!isThere)(`csv-spectrum${isThere ? '' : ' (skipped: ../shared is absent)'}`, () => {
  /** One file is no UTF-8 and its expectation was typed by hand with another number in it; one expects other line ends than its file has. */
  const known = new Set(['location_coordinates.csv', 'newlines_crlf.csv']);
  const files = isThere ? readdirSync(path.join(spectrum, 'csvs')).filter((name) => !known.has(name)) : [];
  test.each(files)('%s', async (name) => {
    const file = path.join(spectrum, 'csvs', name);
    const bytes = readFileSync(file);
    const start = decodeTable(bytes);
    const lines = linesOf(file, { encoding: detectEncoding(bytes, false), start });
    const [header = [], ...rows] = (await rowsOf(lines, detectDelimiter(start).delimiter)) as string[][];
    const wanted = readFileSync(path.join(spectrum, 'json', name.replace('.csv', '.json')), 'utf8');
    expect(rows.map((row) => Object.fromEntries(header.map((column, i) => [column, row[i]])))).toEqual(
      JSON.parse(wanted),
    );
  });
});
