import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseQueryRows } from '../test-set/query-row.ts';
import { readTable } from './read-table.ts';

describe('a table from outside', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-table-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const rowsOf = async (bytes: string | Buffer): Promise<unknown[]> => {
    const file = path.join(folder, 'table.csv');
    writeFileSync(file, bytes);
    const rows: unknown[] = [];
    for await (const row of readTable({ file, name: 'table.csv', mapping: {} })) rows.push(row);
    return rows;
  };

  test.each([
    ['a NUL in the header', 'a\0b,image\nx,y\n'],
    ['a NUL in the second line of a quoted header', 'product_id,"a\nb\0"\nx,y\n'],
    ['a JPEG', Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb0a0043', 'hex')],
    ['a ZIP', Buffer.from('504b03041400000008000a41', 'hex')],
  ])('%s is refused in words that quote none of it', async (_what, bytes) => {
    await expect(rowsOf(bytes)).rejects.toMatchObject({
      code: 'invalid_csv',
      message: expect.stringContaining('is no text'),
    });
  });

  test('a price that is no number of 0 or more is left out, never guessed, and its line says so', async () => {
    const texts = ['abc', '1e400', '-3', '$-3', '12-15', '1x2', '1e13', '3 for 2', 'NaN', '٣'];
    const rows = await rowsOf(`product_id,price\n${texts.map((text, i) => `${i},"${text}"`).join('\n')}\n`);
    expect(rows).toMatchObject(
      texts.map((text, i) => ({
        productId: String(i),
        price: null,
        flaws: [{ line: i + 2, code: 'price_unreadable', message: expect.stringContaining(text) }],
      })),
    );
  });

  test('prices as people write them are read', async () => {
    const prices: [string, number | null][] = [
      ['', null],
      ['0', 0],
      ['1,299.00', 1299],
      ['1.299,00 €', 1299],
      ['12,50 €', 12.5],
      ['¥99', 99],
      ['99元', 99],
      ['USD 12.5', 12.5],
      ['Rs. 1,000', 1000],
      ["CHF 1'299.05", 1299.05],
      ['1 299,00 kr.', 1299],
      ['1.299.000', 1_299_000],
      ['1e3', 1000],
    ];
    const table = `product_id,price\n${prices.map(([text], i) => `${i},"${text}"`).join('\n')}\n`;
    expect(await rowsOf(table)).toMatchObject(prices.map(([, price]) => ({ price, flaws: [] })));
  });

  test('a header in Chinese and one with tabs are text', async () => {
    expect(await rowsOf('商品编号,标题\n1,裙\n')).toMatchObject([{ productId: '1', title: '裙' }]);
    expect(await rowsOf('product_id\ttitle\n1\tx\n')).toMatchObject([{ productId: '1', title: 'x' }]);
  });

  test('a query table with a NUL in a cell says which line and column', () => {
    expect(() => parseQueryRows(Buffer.from('image,product_id\na.jpg,1\nb.jpg,"2\0"\n'))).toThrow(
      expect.objectContaining({ code: 'invalid_csv', message: expect.stringMatching(/Line 3 .*product_id/) }),
    );
  });
});
