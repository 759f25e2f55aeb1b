import { describe, expect, it } from 'vitest';
import { compareEvaluations, type PairedQuery } from './compare.ts';
import { seededRandom } from './random.ts';

const pairs = (count: number, rank: (i: number) => [number | null, number | null]): PairedQuery[] =>
  Array.from({ length: count }, (_, i) => {
    const [before, after] = rank(i);
    return {
      id: `q${i}`,
      product: `prd_${i % 40}`,
      before,
      after,
      groups: [i % 40 < 10 ? 'few' : 'many'],
      categories: [],
    };
  });

describe('two versions side by side', () => {
  it('the same answers differ by exactly nothing', () => {
    const random = seededRandom(2);
    const { r1, r5, mrr, won, lost } = compareEvaluations(
      pairs(120, () => {
        const rank = random() < 0.2 ? null : 1 + Math.floor(random() * 20);
        return [rank, rank];
      }),
    );
    for (const each of [r1, r5, mrr]) expect(each).toEqual({ delta: 0, lo: 0, hi: 0 });
    expect([won, lost]).toEqual([[], []]);
  });

  it('swapping them turns every sign and swaps won and lost', () => {
    const random = seededRandom(3);
    const list = pairs(150, () => [1 + Math.floor(random() * 8), 1 + Math.floor(random() * 6)]);
    const one = compareEvaluations(list);
    const other = compareEvaluations(
      list.map((each) => ({ ...each, before: each.after, after: each.before })),
    );
    expect(other.r1.delta).toBeCloseTo(-one.r1.delta, 12);
    expect(other.r1.lo).toBeCloseTo(-one.r1.hi, 12);
    expect(other.mrr.hi).toBeCloseTo(-one.mrr.lo, 12);
    expect([other.won, other.lost]).toEqual([one.lost, one.won]);
  });

  it('won, lost, both and neither part the queries, and won − lost is the difference of R@1', () => {
    const random = seededRandom(4);
    const list = pairs(90, () => [
      random() < 0.3 ? null : 1 + Math.floor(random() * 3),
      1 + Math.floor(random() * 3),
    ]);
    const { won, lost, both, neither, r1, n } = compareEvaluations(list);
    expect([...won, ...lost, ...both, ...neither].sort()).toEqual(list.map((each) => each.id).sort());
    expect(r1.delta).toBeCloseTo((won.length - lost.length) / n, 12);
  });

  it('a clear gain has an interval above zero; pure noise has one around it', () => {
    const random = seededRandom(5);
    const gain = compareEvaluations(pairs(400, () => [random() < 0.4 ? 1 : 3, random() < 0.7 ? 1 : 3]));
    expect(gain.r1.lo).toBeGreaterThan(0);
    const noise = compareEvaluations(pairs(400, () => [random() < 0.5 ? 1 : 3, random() < 0.5 ? 1 : 3]));
    expect(noise.r1.lo).toBeLessThan(0);
    expect(noise.r1.hi).toBeGreaterThan(0);
  });

  it('says so where only later ranks differ', () => {
    const { r1, r10, r20, r50 } = compareEvaluations(pairs(400, () => [12, 40]));
    expect([r1.delta, r10.delta, r20.delta, r50.delta]).toEqual([0, 0, -1, 0]);
    expect(r20.hi).toBeLessThan(0);
  });

  it('a group is compared by its own photos alone', () => {
    const { groups, r1 } = compareEvaluations(pairs(400, (i) => (i % 40 < 10 ? [1, 3] : [3, 1])));
    expect(groups).toEqual({
      few: { n: 100, r1: { delta: -1, lo: -1, hi: -1 } },
      many: { n: 300, r1: { delta: 1, lo: 1, hi: 1 } },
    });
    expect(r1.delta).toBeCloseTo(0.5, 12);
  });

  it('a category is compared by its own photos alone, and by their products, beside the groups', () => {
    const list = pairs(400, (i) => (i % 2 ? [1, 1] : [3, 1])).map((each, i) => ({
      ...each,
      // A photo of two right products is in the categories of both.
      categories: i % 40 === 1 ? ['bags', 'shoes'] : i % 2 ? ['bags'] : i % 40 < 20 ? ['shoes'] : [],
    }));
    const { categories, groups } = compareEvaluations(list);
    expect(categories).toEqual({
      bags: { n: 200, r1: { delta: 0, lo: 0, hi: 0 } },
      shoes: { n: 110, r1: { delta: 100 / 110, lo: expect.any(Number), hi: 1 } },
    });
    expect(categories.shoes?.r1.lo).toBeGreaterThan(0.5);
    expect(Object.keys(groups)).toEqual(['few', 'many']);
  });

  it('few products are never sure, though all of them say the same', () => {
    const gained = (products: number) =>
      compareEvaluations(pairs(products, () => [3, 1]).map((each, i) => ({ ...each, product: `prd_${i}` })))
        .r1;
    expect(gained(1)).toEqual({ delta: 1, lo: 0, hi: 1 });
    expect(gained(5)).toEqual({ delta: 1, lo: 0, hi: 1 });
    expect(gained(6)).toEqual({ delta: 1, lo: 1, hi: 1 });
  });

  it('pairs are drawn together: a steady gain of few queries has no spread from hard and easy products', () => {
    const list = pairs(400, (i) => (i % 40 < 20 ? [1, 1] : [3, 3]));
    expect(compareEvaluations(list).r1).toEqual({ delta: 0, lo: 0, hi: 0 });
  });
});
