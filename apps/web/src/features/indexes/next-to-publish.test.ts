import { describe, expect, it } from 'vitest';
import { nextToPublish } from './next-to-publish.ts';

type Row = Parameters<typeof nextToPublish>[0][number];
const measured = { r1: 0.5, n: 40, ci: [0.4, 0.6] as [number, number] };
const row = (number: number, of: Partial<Row> = {}): Row => ({
  id: `v${number}`,
  number,
  state: 'ready',
  last: 'kept',
  measured: null,
  ...of,
});

describe('what is to be published next', () => {
  it('is the newest ready version where nothing is live, measured or not', () => {
    expect(nextToPublish([row(3, { state: 'building' }), row(2), row(1)], null)).toBe('v2');
    expect(nextToPublish([row(1, { state: 'failed' })], null)).toBeUndefined();
    expect(nextToPublish([], null)).toBeUndefined();
  });

  it('beside a live one is the newest, once it was measured', () => {
    expect(nextToPublish([row(2, { measured }), row(1)], { number: 1, measured: null })).toBe('v2');
    expect(nextToPublish([row(2), row(1)], { number: 1, measured: null })).toBeUndefined();
  });

  it('is none that finds less than the live one did with the same photos', () => {
    const live = { number: 1, measured: { ...measured, r1: 0.6 } };
    expect(nextToPublish([row(2, { measured }), row(1)], live)).toBeUndefined();
    expect(nextToPublish([row(2, { measured: live.measured }), row(1)], live)).toBe('v2');
  });

  it('is nothing that was live before, rolled back or not, and nothing older than the live one', () => {
    expect(
      nextToPublish([row(2, { measured, last: 'back' }), row(1)], { number: 1, measured: null }),
    ).toBeUndefined();
    expect(nextToPublish([row(2), row(1, { measured })], { number: 2, measured: null })).toBeUndefined();
  });
});
