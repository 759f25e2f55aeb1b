import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTable, LineFile } from './table.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'likeness-table-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a table', () => {
  it('is read back by a CSV reader cell by cell, whatever the cells hold', async () => {
    const rows = [
      ['a', 'b'],
      ['plain', 'with, comma'],
      ['say "hi"', 'two\nlines'],
      ['return\rhere', ''],
      [' spaces ', '商品，编号'],
    ];
    const file = path.join(folder, 'cells.csv');
    const table = await createTable(file, rows[0]!);
    for (const row of rows.slice(1)) await table.row(row);
    await table.close();
    expect(parse(await readFile(file, 'utf8'))).toEqual(rows);
  });

  it('keeps every line, in order, far beyond what it holds in memory', async () => {
    const file = path.join(folder, 'long.jsonl');
    const lines = await LineFile.create(file);
    for (let i = 0; i < 30_000; i++) await lines.json({ i });
    await lines.close();
    const read = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(read).toHaveLength(30_000);
    expect(read.every((line, i) => line === `{"i":${i}}`)).toBe(true);
  });

  it.runIf(process.platform === 'linux')('a full disk is told with the name of the file', async () => {
    const full = await LineFile.create('/dev/full');
    await full.line('lost');
    await expect(full.close()).rejects.toMatchObject({ code: 'ENOSPC', path: '/dev/full' });
    await full[Symbol.asyncDispose]();
  });
});
