import { expect, test } from 'vitest';
import { safeTarget } from './safe-target.ts';

test.each([
  ['/sample/indexes?catalog=a#x', '/sample/indexes?catalog=a#x'],
  ['/%E5%BA%97/overview', '/%E5%BA%97/overview'],
  [undefined, '/'],
  ['', '/'],
  ['overview', '/'],
  ['https://example.com/', '/'],
  ['//example.com/', '/'],
  ['/\\example.com/x', '/'],
  ['/\t/example.com/y', '/'],
  ['/\n\\example.com', '/'],
  ['\\\\example.com', '/'],
  ['javascript:alert(1)', '/'],
])('after the sign-in %j leads to %j', (wanted, target) => {
  expect(safeTarget(wanted)).toBe(target);
});
