import { expect, it } from 'vitest';
import { parseRows, readHead } from './read-head.ts';

it('reads quoted cells, doubled quotes and line breaks inside quotes', () => {
  expect(parseRows('id,title\r\n1,"a, ""b""\nc"\r\n2,d\r\n', { rows: 9 })).toEqual([
    ['id', 'title'],
    ['1', 'a, "b"\nc'],
    ['2', 'd'],
  ]);
});

it('finds the separator from the header line', () => {
  expect(parseRows('id;title\n1;a,b', { rows: 9 })).toEqual([
    ['id', 'title'],
    ['1', 'a,b'],
  ]);
});

it('reads a Chinese table in GB18030', async () => {
  const bytes = Uint8Array.from([0xb1, 0xea, 0xcc, 0xe2, 0x2c, 0x69, 0x64, 0x0a]);
  expect((await readHead(new File([bytes], 'a.csv'))).columns).toEqual(['标题', 'id']);
});
