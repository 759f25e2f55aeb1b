import { expect, it } from 'vitest';
import { parseRows, readHead } from './read-head.ts';

it('reads quoted cells, doubled quotes and line breaks inside quotes', () => {
  expect(parseRows('id,title\r\n1,"a, ""b""\nc"\r\n2,d\r\n', { rows: 9, delimiter: ',' })).toEqual([
    ['id', 'title'],
    ['1', 'a, "b"\nc'],
    ['2', 'd'],
  ]);
});

const headOf = (name: string, ...parts: BlobPart[]) => readHead(new File(parts, name));

it('finds the separator from the header line, or from the line above it that names it', async () => {
  const head = { columns: ['id', 'title'], rows: [['1', 'a,b']] };
  expect(await headOf('a.csv', 'id;title\n1;a,b')).toEqual(head);
  expect(await headOf('a.csv', 'sep=;\nid;title\n1;a,b')).toEqual(head);
});

it('names a column without a name by its place, and shows small files to their last letter', async () => {
  expect(await headOf('a.csv', ',id,price\n0,p,19.95')).toEqual({
    columns: ['column_1', 'id', 'price'],
    rows: [['0', 'p', '19.95']],
  });
});

it('shows the fields of JSON lines as columns', async () => {
  const lines = '{"sku":"1","cost":5,"attributes":{"tone":"red"}}\n{"sku":"2","photos":["a","b"]}\n';
  expect(await headOf('a.jsonl', lines)).toEqual({
    columns: ['sku', 'cost', 'attr.tone', 'photos'],
    rows: [
      ['1', '5', 'red', ''],
      ['2', '', '', 'a|b'],
    ],
  });
});

it('reads a Chinese table in GB18030', async () => {
  const bytes = Uint8Array.from([0xb1, 0xea, 0xcc, 0xe2, 0x2c, 0x69, 0x64, 0x0a]);
  expect((await readHead(new File([bytes], 'a.csv'))).columns).toEqual(['标题', 'id']);
});
