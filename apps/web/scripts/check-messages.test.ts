import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { faultsOf } from './check-messages.mjs';

it('says every text in both languages with the same values', () => {
  expect(faultsOf()).toEqual([]);
});

it('fails for a text that one language lacks, an empty one, and one that takes other values', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'messages-'));
  const write = (locale, texts) => writeFileSync(path.join(folder, `${locale}.json`), JSON.stringify(texts));
  write('en', { a: 'one', b: 'two', c: '{count, plural, one {# x} other {# xs}}', d: 'x' });
  write('zh-CN', { a: '一', b: ' ', c: '{n} 个' });
  expect(faultsOf(folder)).toEqual([
    'b is missing in zh-CN',
    'c takes {count} and {n}',
    'd is missing in zh-CN',
  ]);
  rmSync(folder, { recursive: true });
});
