import { describe, expect, it } from 'vitest';
import { isSameParting, tellingParts } from './parts.ts';

describe('parts of the photos of an evaluation', () => {
  it('stand in the order of their photos', () => {
    const parts = { caps: { n: 9 }, bags: { n: 9 }, shoes: { n: 31 }, hats: { n: 12 } };
    expect(tellingParts(parts, 60).map(([name]) => name)).toEqual(['shoes', 'hats', 'bags', 'caps']);
  });

  it('are none where one holds every photo, but for one that holds some', () => {
    expect(tellingParts({}, 60)).toEqual([]);
    expect(tellingParts({ shoes: { n: 60 } }, 60)).toEqual([]);
    expect(tellingParts({ shoes: { n: 31 } }, 60)).toEqual([['shoes', { n: 31 }]]);
  });

  it('are the same parting only by the same names and sizes', () => {
    const parts = { shoes: { n: 31 }, bags: { n: 9 } };
    expect(isSameParting(parts, { bags: { n: 9 }, shoes: { n: 31 } })).toBe(true);
    expect(isSameParting(parts, { bags: { n: 8 }, shoes: { n: 31 } })).toBe(false);
    expect(isSameParting(parts, { shoes: { n: 31 } })).toBe(false);
    expect(isSameParting({}, parts)).toBe(false);
  });
});
