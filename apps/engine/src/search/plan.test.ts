import { describe, expect, it } from 'vitest';
import { choosePlan, firstAsk } from './plan.ts';

const plan = (input: {
  share: number;
  strategy?: 'auto' | 'exact' | 'overfetch';
  indexed?: number;
  want?: number;
}) => {
  const { share, strategy = 'auto', indexed = 100_000, want = 10 } = input;
  const ask = firstAsk({ want, share, ef: 64, indexed });
  const passing = Math.round(share * indexed);
  return choosePlan({ strategy, filtered: share < 1, passing, indexed, dims: 384, ask });
};

describe('the way a search takes', () => {
  it('is HNSW without a filter, over-fetch with a wide one, the exact subset with a selective one', () => {
    expect(plan({ share: 1 })).toBe('hnsw');
    expect(plan({ share: 0.5 })).toBe('overfetch');
    expect(plan({ share: 0.1 })).toBe('exact');
    expect(plan({ share: 0.01 })).toBe('exact');
  });

  it('is exact where nothing is indexed, and as forced where something is', () => {
    expect(plan({ share: 1, indexed: 0 })).toBe('exact');
    expect(plan({ share: 1, strategy: 'exact' })).toBe('exact');
    expect(plan({ share: 0.01, strategy: 'overfetch' })).toBe('overfetch');
  });

  it('never goes back to over-fetch as a filter gets narrower', () => {
    const plans = Array.from({ length: 100 }, (_, i) => plan({ share: (i + 1) / 101 }));
    expect(plans.lastIndexOf('exact')).toBeLessThan(plans.indexOf('overfetch'));
  });

  it('asks for at least the beam width, for more as the filter narrows, never for more than there is', () => {
    expect(firstAsk({ want: 1, share: 1, ef: 64, indexed: 1000 })).toBe(64);
    expect(firstAsk({ want: 10, share: 0.1, ef: 64, indexed: 100_000 })).toBeGreaterThanOrEqual(250);
    expect(firstAsk({ want: 1000, share: 0.001, ef: 64, indexed: 500 })).toBe(500);
  });
});
