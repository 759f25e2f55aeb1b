import { describe, expect, it } from 'vitest';
import {
  BOTTOM,
  bandOf,
  HEIGHT,
  LINE,
  lowest,
  readingHeights,
  readingPlace,
  roomFor,
  spread,
} from './chart-layout.ts';

const AXIS = HEIGHT - BOTTOM;

describe('the layout of the CMC chart', () => {
  it('writes a reading below its point, and above it where the axis is', () => {
    expect(readingHeights([100])).toEqual([116]);
    expect(readingHeights([AXIS])).toEqual([AXIS - 8]);
  });

  it('two readings never overprint, nor stand in the axis, wherever the points are', () => {
    for (const first of [20, 100, 104, AXIS - 3, AXIS])
      for (const second of [20, 100, 104, AXIS - 3, AXIS]) {
        const [a = 0, b = 0] = readingHeights([first, second]);
        expect(Math.abs(a - b)).toBeGreaterThanOrEqual(LINE);
        expect(Math.max(a, b)).toBeLessThan(AXIS);
      }
  });

  it('turns a reading to the left where the names begin', () => {
    expect(readingPlace(100, 300)).toEqual({ x: 108, textAnchor: 'start' });
    expect(readingPlace(280, 300)).toEqual({ x: 272, textAnchor: 'end' });
  });

  it('leaves as much room as the longest name needs', () => {
    expect(roomFor(['v1'])).toBe(29);
    expect(roomFor(['v1', '整张照片'])).toBe(66);
    expect(roomFor(['v1', 'a name that is far too long'])).toBe(104);
  });

  it('labels of equal values stand below each other', () => {
    const [a = 0, b = 0] = spread([
      { at: 50, lines: 2 },
      { at: 50, lines: 1 },
    ]);
    expect(b - a).toBe(2 * LINE);
  });

  it('a curve at its top or bottom keeps a band', () => {
    const { lo, hi } = bandOf({ n: 40, cmc: [0, 0.5, 1], band: { lo: [0, 0.4, 1], hi: [0, 0.6, 1] } });
    expect([lo[0], lo[1], hi[1], hi[2]]).toEqual([0, 0.4, 0.6, 1]);
    expect(hi[0]).toBeCloseTo(0.088, 2);
    expect(lo[2]).toBeCloseTo(0.912, 2);
  });

  it('an axis starts at a round ten, and at 0 for none', () => {
    expect([lowest([0.58, 0.9]), lowest([0]), lowest([0.99])]).toEqual([0.5, 0, 0.9]);
  });
});
