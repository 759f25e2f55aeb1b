import { describe, expect, it } from 'vitest';
import { photosToSettle } from './photos-to-settle.ts';

describe('how many more photos would settle a comparison', () => {
  it('grows with the square of how far the interval reaches beyond zero', () => {
    expect(photosToSettle({ delta: 0.019, lo: -0.01, hi: 0.048 }, 612)).toBe(820);
    expect(photosToSettle({ delta: -0.02, lo: -0.06, hi: 0.02 }, 100)).toBe(300);
  });

  it('says nothing of no difference, of a handful of photos, or where it would be too many', () => {
    expect(photosToSettle({ delta: 0, lo: -0.1, hi: 0.1 }, 100)).toBeNull();
    expect(photosToSettle({ delta: 0.5, lo: -0.1, hi: 1 }, 6)).toBeNull();
    expect(photosToSettle({ delta: 0.001, lo: -0.1, hi: 0.1 }, 612)).toBeNull();
  });
});
