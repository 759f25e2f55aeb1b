import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { productRank } from './product-rank.ts';

const answer = (...scores: [string, number][]) => scores.map(([product, score]) => ({ product, score }));

describe('rank of the right product', () => {
  it('is 1 + the number of other products that score at least as much: ties count against us', () => {
    const list = answer(['a', 0.9], ['b', 0.8], ['c', 0.8], ['d', 0.7]);
    expect(productRank(list, new Set(['a']))).toBe(1);
    expect(productRank(list, new Set(['b']))).toBe(3);
    expect(productRank(list, new Set(['c']))).toBe(3);
    expect(productRank(list, new Set(['d']))).toBe(4);
  });

  it('is null when the right product is not among those asked for', () => {
    expect(productRank(answer(['a', 0.9]), new Set(['x']))).toBeNull();
    expect(productRank([], new Set(['x']))).toBeNull();
  });

  it('with several right products is that of the best one; the others stand in nobody’s way', () => {
    const list = answer(['x', 0.9], ['a', 0.8], ['b', 0.8], ['c', 0.5]);
    expect(productRank(list, new Set(['a', 'b']))).toBe(2);
    expect(productRank(list, new Set(['c', 'b', 'gone']))).toBe(3);
  });

  it('agrees with a plain count for random answers', () => {
    const scored = fc.record({
      product: fc.integer({ min: 0, max: 30 }),
      score: fc.integer({ min: 0, max: 10 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(scored, { selector: (each) => each.product }),
        fc.integer({ min: 0, max: 30 }),
        (list, right) => {
          const named = list.map((each) => ({ product: `p${each.product}`, score: each.score / 10 }));
          let expected: number | null = null;
          const mine = named.find((each) => each.product === `p${right}`);
          if (mine) {
            expected = 1;
            for (const other of named) if (other !== mine && other.score >= mine.score) expected += 1;
          }
          expect(productRank(named, new Set([`p${right}`]))).toBe(expected);
        },
      ),
    );
  });
});
