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
    expect(nextToPublish([row(3, { state: 'building' }), row(2), row(1)], undefined)).toBe('v2');
    expect(nextToPublish([row(1, { state: 'failed' })], undefined)).toBeUndefined();
    expect(nextToPublish([], undefined)).toBeUndefined();
  });

  it('beside a live one is the newest, once it was measured', () => {
    expect(nextToPublish([row(2, { measured }), row(1)], { number: 1 })).toBe('v2');
    expect(nextToPublish([row(2), row(1)], { number: 1 })).toBeUndefined();
  });

  it('is nothing that was live before, rolled back or not, and nothing older than the live one', () => {
    expect(nextToPublish([row(2, { measured, last: 'back' }), row(1)], { number: 1 })).toBeUndefined();
    expect(nextToPublish([row(2), row(1, { measured })], { number: 2 })).toBeUndefined();
  });
});
