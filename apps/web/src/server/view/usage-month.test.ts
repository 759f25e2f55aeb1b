import { expect, test } from 'vitest';
import { usageMonth } from './usage-month.ts';

const NOW = Date.parse('2026-11-28T12:00:00Z');

test('a month is the one that is asked for, with its neighbours and its last day', () => {
  expect(usageMonth('2024-02', NOW)).toEqual({
    month: '2024-02',
    from: '2024-02-01',
    to: '2024-02-29',
    before: '2024-01',
    after: '2024-03',
  });
  expect(usageMonth('2026-01', NOW).before).toBe('2025-12');
});

test('nothing comes after this month, and what is no month is this one', () => {
  for (const asked of [
    undefined,
    ['2026-01', '2026-02'],
    '',
    '2026-12',
    '2026-13',
    'x',
    '1999-12',
    '2026-11-01',
    '2026-11',
  ])
    expect([asked, usageMonth(asked, NOW)]).toEqual([
      asked,
      { month: '2026-11', from: '2026-11-01', to: '2026-11-30', before: '2026-10', after: null },
    ]);
});
