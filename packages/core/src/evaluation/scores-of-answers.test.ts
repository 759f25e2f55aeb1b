import { describe, expect, it } from 'vitest';
import { categoryScores, scoresOfAnswers } from './scores-of-answers.ts';

type Answered = Parameters<typeof scoresOfAnswers>[0][number];

/** 240 photos of 48 products: ranks by a rule, categories by product, some photos with a right product of each of two. */
const answers: Answered[] = Array.from({ length: 240 }, (_, i) => {
  const product = i % 48;
  const own = product < 30 ? ['shoes'] : product < 42 ? ['bags'] : [];
  const isPair = i % 20 === 7;
  return {
    productIds: i % 17 === 3 ? [] : isPair ? [`p${product}`, 'hat'] : [`p${product}`],
    rank: i % 9 === 0 ? null : 1 + ((i * 7) % 13),
    groups: i % 2 ? ['street'] : [],
    categories: isPair ? [...own, 'hats'] : own,
  };
});

/** R@k, CMC and MRR of the photos of one category, written a second time in the plainest way. */
function plain(name: string): { n: number; mrr: number; cmc: number[] } {
  const ranks: (number | null)[] = [];
  for (const { productIds, categories, rank } of answers)
    if (productIds.length > 0 && categories.indexOf(name) >= 0) ranks.push(rank);
  const cmc: number[] = [];
  for (let k = 1; k <= 50; k++) {
    let hits = 0;
    for (const rank of ranks) if (rank !== null && rank <= k) hits += 1;
    cmc.push(hits / ranks.length);
  }
  let sum = 0;
  for (const rank of ranks) sum += rank === null ? 0 : 1 / rank;
  return { n: ranks.length, mrr: sum / ranks.length, cmc };
}

describe('scores of each category', () => {
  const { all, groups, categories } = scoresOfAnswers(answers);

  it('agree with an independent computation to 1e-9', () => {
    expect(Object.keys(categories)).toEqual(['bags', 'hats', 'shoes']);
    for (const [name, scores] of Object.entries(categories)) {
      const { n, mrr, cmc } = plain(name);
      expect(scores.n).toBe(n);
      const expected = [mrr, cmc[0], cmc[4], cmc[9], ...cmc] as number[];
      for (const [i, value] of [scores.mrr, scores.r1, scores.r5, scores.r10, ...scores.cmc].entries())
        expect(Math.abs(value - (expected[i] as number))).toBeLessThan(1e-9);
      expect(scores.cmc).toHaveLength(50);
    }
  });

  it('have a band and intervals around them, as the whole has', () => {
    for (const { r1, r5, cmc, band, ci95 } of Object.values(categories)) {
      expect(ci95).toEqual({ r1: [band.lo[0], band.hi[0]], r5: [band.lo[4], band.hi[4]] });
      for (const [share, [lo, hi]] of [
        [r1, ci95.r1],
        [r5, ci95.r5],
      ] as const)
        expect(lo <= share && share <= hi).toBe(true);
      expect(band.hi).toHaveLength(cmc.length);
    }
  });

  it('count a photo without a category in none, and one of two categories in both', () => {
    const { bags, hats, shoes } = categories;
    const sizes = (bags?.n ?? 0) + (hats?.n ?? 0) + (shoes?.n ?? 0);
    const told = answers.filter((each) => each.productIds.length > 0);
    expect(sizes).toBe(told.reduce((sum, each) => sum + each.categories.length, 0));
    expect(told.some((each) => each.categories.length === 0)).toBe(true);
    expect(all.n).toBe(told.length);
    expect(Object.keys(groups)).toEqual(['street']);
  });

  it('are the same alone, and none where no product has one', () => {
    expect(categoryScores(answers)).toEqual(categories);
    expect(categoryScores(answers.map((each) => ({ ...each, categories: [] })))).toEqual({});
  });
});
