import { createFormatter } from 'next-intl';
import { describe, expect, it } from 'vitest';
import {
  differenceText,
  measuredText,
  percentNumber,
  shareText,
  unsureAtEnds,
  wilson,
} from './measured-share.ts';

const format = createFormatter({ locale: 'en', timeZone: 'UTC' });
const countOf = ({ count, n }: { count: string; n: string }): string => `${count} of ${n}`;
const write = (share: number, n: number, ci?: [number, number]): string =>
  measuredText(format, countOf, { share, n, ci });

describe('a measured share', () => {
  it('is counted, not per cent, below 30', () => {
    expect(write(0.75, 12, [0.5, 0.9])).toBe('9 of 12');
    expect(write(17 / 29, 29)).toBe('17 of 29');
  });

  it('is a whole per cent from 30 on and has tenths from 200 on', () => {
    expect(write(0.1707, 30)).toBe('17\u202f%');
    expect(write(0.1707, 199)).toBe('17\u202f%');
    expect(write(0.647, 200)).toBe('64.7\u202f%');
    expect(write(1, 612)).toBe('100.0\u202f%');
  });

  it('carries half its interval in its own digits', () => {
    expect(write(0.1707, 82, [0.0915, 0.2561])).toBe('17\u202f% ±\u202f8');
    expect(write(0.647, 612, [0.609, 0.685])).toBe('64.7\u202f% ±\u202f3.8');
  });

  it('is written without its interval where a heading says it in words', () => {
    expect(shareText(format, countOf, { share: 0.647, n: 612, ci: [0.6, 0.7] })).toBe('64.7\u202f%');
    expect(percentNumber(format, 0.5, 82)).toBe('50');
  });
});

describe('the interval of a share', () => {
  it('is no point where all were hits or none was: some dozen photos are no certainty', () => {
    const [lo, hi] = unsureAtEnds({ share: 0, n: 5, ci: [0, 0] });
    expect(lo).toBe(0);
    expect(hi).toBeCloseTo(0.43, 2);
    expect(write(1, 40, [1, 1])).toBe('100\u202f% ±\u202f9');
  });

  it('is the measured one everywhere else', () => {
    expect(unsureAtEnds({ share: 0, n: 50, ci: [0, 0.02] })).toEqual([0, 0.02]);
    expect(unsureAtEnds({ share: 0.5, n: 4, ci: [0.5, 0.5] })).toEqual([0.5, 0.5]);
  });
});

describe('a difference', () => {
  it('has a sign unless it is written as zero', () => {
    expect(differenceText(format, 0.064, 612)).toBe('+6.4');
    expect(differenceText(format, -0.064, 82)).toBe('−6');
    expect(differenceText(format, 0.003, 82)).toBe('0');
    expect(differenceText(format, -0.003, 612)).toBe('−0.3');
  });

  it('counts where fewer than 30 were measured', () => {
    expect(differenceText(format, 3 / 12, 12)).toBe('+3');
    expect(differenceText(format, -1 / 29, 29)).toBe('−1');
    expect(differenceText(format, 0.01, 12)).toBe('0');
  });
});

describe('the Wilson interval', () => {
  it('stays within 0 to 1 and around its share', () => {
    for (const [share, n] of [
      [0, 30],
      [1, 30],
      [0.5, 612],
    ] as const) {
      const [lo, hi] = wilson(share, n);
      expect(lo).toBeGreaterThanOrEqual(-1e-9);
      expect(hi).toBeLessThanOrEqual(1 + 1e-9);
      expect(lo).toBeLessThanOrEqual(share + 1e-9);
      expect(hi).toBeGreaterThanOrEqual(share - 1e-9);
    }
    expect(wilson(0.5, 612).map((value) => value.toFixed(3))).toEqual(['0.461', '0.539']);
  });
});
