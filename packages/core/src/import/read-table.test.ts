import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseQueryRows } from '../test-set/query-row.ts';
import { readTable } from './read-table.ts';

describe('a table from outside', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-table-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const rowsOf = async (bytes: string | Buffer, name = 'table.csv'): Promise<unknown[]> => {
    const file = path.join(folder, name);
    writeFileSync(file, bytes);
    const rows: unknown[] = [];
    for await (const row of readTable({ file, name, mapping: {} })) rows.push(row);
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

  test('JSON lines keep the types of attributes, as PUT does; a text that is a number is one', async () => {
    const attributes = {
      sizes: ['S', ' M ', ''],
      eco: true,
      weight: 1.5,
      code: '42',
      none: null,
      deep: { a: 1 },
      empty: [],
    };
    const [row] = await rowsOf(JSON.stringify({ product_id: '1', stock: 0, attributes }), 'goods.jsonl');
    expect((row as { attributes: object }).attributes).toEqual({
      sizes: ['S', 'M'],
      eco: true,
      weight: 1.5,
      code: 42,
      deep: '{"a":1}',
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
      ['1.299 €', 1299],
      ['KWD 1.299', 1.299],
      ['1.000', 1],
      ['1e3', 1000],
    ];
    const table = `product_id,price\n${prices.map(([text], i) => `${i},"${text}"`).join('\n')}\n`;
    expect(await rowsOf(table)).toMatchObject(prices.map(([, price]) => ({ price, flaws: [] })));
  });

  test('a header in Chinese and one with tabs are text', async () => {
    expect(await rowsOf('商品编号,标题\n1,裙\n')).toMatchObject([{ productId: '1', title: '裙' }]);
    expect(await rowsOf('product_id\ttitle\n1\tx\n')).toMatchObject([{ productId: '1', title: 'x' }]);
  });

  test('a row with a quote that is never closed costs that row alone', async () => {
    const table = [
      'product_id,title',
      'a,"A"',
      'b,"15 inch',
      'c,C',
      'd,"D',
      'on two lines"',
      'e,"E"',
      'f,"open',
    ];
    expect(await rowsOf(table.join('\n'))).toMatchObject([
      { line: 2, productId: 'a', title: 'A' },
      { line: 3, code: 'row_broken', message: expect.stringContaining('quote') },
      { line: 4, productId: 'c' },
      { line: 5, productId: 'd', title: 'D\non two lines' },
      { line: 7, productId: 'e' },
      { line: 8, code: 'row_broken' },
    ]);
  });

  test('a quote within a cell is text, and so is one that does not end its cell', async () => {
    const table =
      'product_id,title,category\na,15" screen,x\nb,"15" screen",y\nc,"he said ""no""",z\nd,"",w\n';
    expect(await rowsOf(table)).toMatchObject([
      { productId: 'a', title: '15" screen', category: 'x' },
      { productId: 'b', title: expect.stringContaining('15" screen'), category: 'y' },
      { productId: 'c', title: 'he said "no"', category: 'z' },
      { productId: 'd', title: '', category: 'w' },
    ]);
  });

  test('a line of a separator, ends of lines of every kind, and columns without a name or of one name', async () => {
    expect(await rowsOf('sep=;\r\nproduct_id;title\r\n1;a,b\r\n')).toMatchObject([{ line: 3, title: 'a,b' }]);
    expect(await rowsOf('product_id,title\r1,a\r2,b\r')).toMatchObject([{ title: 'a' }, { title: 'b' }]);
    expect(await rowsOf(',product_id\n0,p\n')).toMatchObject([{ productId: 'p' }]);
    expect(await rowsOf('product_id,image,image\n1,a.jpg,b.jpg\n2,,c.jpg\n')).toMatchObject([
      { images: ['a.jpg', 'b.jpg'] },
      { images: ['c.jpg'] },
    ]);
  });

  test.each([
    ['utf8', '\ufeff', 'Grüße'],
    ['utf16-le', '\ufeff', 'Grüße 裙'],
    ['utf16-be', '\ufeff', 'Grüße 裙'],
    ['gb18030', '', '连衣裙，红色'],
    ['gb18030', '', 'T恤 M码 XL码'],
    ['gb18030', '', 'nike运动鞋 42码 men款'],
    ['windows-1252', '', 'Grüße für München – 12 €'],
    ['windows-1252', '', 'Größe Übung'],
    ['windows-1252', '', 'ab €5'],
    ['windows-1252', '', 'Größe'],
    ['windows-1252', '', 'Chaussure été créée, œuvre'],
  ])('%s is read as it was written, as a table and as JSON lines', async (encoding, mark, title) => {
    const bytes = (text: string): Buffer => iconv.encode(mark + text, encoding, { addBOM: false });
    expect(await rowsOf(bytes(`product_id,title\n1,"${title}"\n`))).toMatchObject([
      { productId: '1', title },
    ]);
    const lines = `${JSON.stringify({ product_id: '1', title })}\n${JSON.stringify({ product_id: '2', title: 'a\u2028b' })}`;
    expect(await rowsOf(bytes(lines), 'table.jsonl')).toMatchObject(
      encoding.startsWith('utf') ? [{ productId: '1', title }, { title: 'a\u2028b' }] : [{ title }, {}],
    );
  });

  test('a PNG is refused, whatever its first line looks like', async () => {
    const png = Buffer.concat([
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      Buffer.alloc(2000, 7),
    ]);
    await expect(rowsOf(png)).rejects.toMatchObject({ code: 'invalid_csv' });
    await expect(rowsOf(png, 'table.jsonl')).rejects.toMatchObject({ code: 'invalid_csv' });
  });

  test('a query table with a NUL in a cell says which line and column', () => {
    expect(() => parseQueryRows(Buffer.from('image,product_id\na.jpg,1\nb.jpg,"2\0"\n'))).toThrow(
      expect.objectContaining({ code: 'invalid_csv', message: expect.stringMatching(/Line 3 .*product_id/) }),
    );
  });
});
