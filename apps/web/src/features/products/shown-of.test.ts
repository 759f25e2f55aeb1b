import { expect, test } from 'vitest';
import { shownOf } from './shown-of.ts';

test('the address may ask for whole pages, at least one and not without end', () => {
  for (const [asked, shown] of [
    [undefined, 60],
    ['', 60],
    ['x', 60],
    ['-60', 60],
    ['61', 60],
    ['180', 180],
    ['1e9', 600],
    ['Infinity', 600],
  ] as const)
    expect([asked, shownOf(asked)]).toEqual([asked, shown]);
});
