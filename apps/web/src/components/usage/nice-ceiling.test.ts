import fc from 'fast-check';
import { expect, it } from 'vitest';
import { niceCeiling } from './nice-ceiling.ts';

it.each([
  [4, 4],
  [5, 6],
  [10, 10],
  [11, 12],
  [130, 160],
  [999, 1000],
])('above %i the axis ends at %i', (value, top) => expect(niceCeiling(value)).toBe(top));

it('is never below the highest bar, fills more than half of the chart, and halves to a whole number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 10_000_000 }), (value) => {
      const top = niceCeiling(value);
      expect([top >= value, value > top / 2, top % 2]).toEqual([true, true, 0]);
    }),
  );
});
