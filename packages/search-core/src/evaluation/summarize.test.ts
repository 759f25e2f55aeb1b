import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';
import { classMeanOf, partScores, quantile, type RankedQuery, scoresOf } from './summarize.ts';

const queries = fc.array(
  fc.record({
    product: fc.integer({ min: 0, max: 12 }).map((n) => `prd_${n}`),
    rank: fc.option(fc.integer({ min: 1, max: 100 }), { nil: null }),
  }),
  { minLength: 1, maxLength: 60 },
);

/** CMC(n) and MRR, written a second time in the plainest way. */
function naive(list: readonly RankedQuery[]): { cmc: number[]; mrr: number } {
  const cmc: number[] = [];
  for (let n = 1; n <= 50; n++) {
    let hits = 0;
    for (const query of list) if (query.rank !== null && query.rank <= n) hits += 1;
    cmc.push(hits / list.length);
  }
  let mrr = 0;
  for (const query of list) mrr += query.rank === null ? 0 : 1 / query.rank / list.length;
  return { cmc, mrr };
}

function naiveClassMean(list: readonly RankedQuery[]): { cmc: number[]; mrr: number } {
  const products = [...new Set(list.map((query) => query.product))];
  const each = products.map((product) => naive(list.filter((query) => query.product === product)));
  const mean = (pick: (scores: { cmc: number[]; mrr: number }) => number): number =>
    each.reduce((sum, scores) => sum + pick(scores), 0) / each.length;
  return {
    cmc: Array.from({ length: 50 }, (_, n) => mean((s) => s.cmc[n] as number)),
    mrr: mean((s) => s.mrr),
  };
}

/** 1,000 samples of products, drawn and averaged query by query. */
function naiveInterval(list: readonly RankedQuery[], k: number): [number, number] {
  const products = [...new Set(list.map((query) => query.product))];
  const random = seededRandom(0);
  const values: number[] = [];
  for (let sample = 0; sample < 1000; sample++) {
    const drawn: RankedQuery[] = [];
    for (let i = 0; i < products.length; i++) {
      const product = products[Math.floor(random() * products.length)];
      drawn.push(...list.filter((query) => query.product === product));
    }
    values.push(drawn.filter((query) => query.rank !== null && query.rank <= k).length / drawn.length);
  }
  values.sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * 999;
    const low = values[Math.floor(place)] as number;
    return low + ((values[Math.ceil(place)] as number) - low) * (place % 1);
  };
  return [at(0.025), at(0.975)];
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    expect(Math.abs(value - (expected[i] as number))).toBeLessThan(1e-9);
  });
}

describe('scores of an evaluation', () => {
  it('agree with an independent computation to 1e-9, queries and classes', () => {
    fc.assert(
      fc.property(queries, (list) => {
        const [all, classes] = [scoresOf(list), classMeanOf(list)];
        const [plain, plainClasses] = [naive(list), naiveClassMean(list)];
        expectClose(all.cmc, plain.cmc);
        expectClose(
          [all.mrr, all.r1, all.r5, all.r10],
          [plain.mrr, plain.cmc[0] ?? 0, plain.cmc[4] ?? 0, plain.cmc[9] ?? 0],
        );
        expectClose(classes.cmc, plainClasses.cmc);
        expectClose([classes.mrr], [plainClasses.mrr]);
        expect(all.n).toBe(list.length);
        expect(classes.n).toBe(new Set(list.map((query) => query.product)).size);
      }),
      { numRuns: 40 },
    );
  });

  it('have the intervals of a plain bootstrap over products: 1,000 samples, seed 0', () => {
    fc.assert(
      fc.property(queries, (list) => {
        const { ci95, band } = scoresOf(list);
        expectClose(ci95.r1, naiveInterval(list, 1));
        expectClose(ci95.r5, naiveInterval(list, 5));
        expect([band.lo[0], band.hi[0]]).toEqual(ci95.r1);
        expect(band.lo).toHaveLength(50);
      }),
      { numRuns: 5 },
    );
  });

  it('rise with n, stay within 0…1, and the band lies around the curve of many products', () => {
    const random = seededRandom(4);
    const list = Array.from({ length: 400 }, (_, i) => ({
      product: `prd_${i % 100}`,
      rank: random() < 0.1 ? null : 1 + Math.floor(random() * 60),
    }));
    const { cmc, band } = scoresOf(list);
    for (let n = 0; n < 50; n++) {
      expect(cmc[n]).toBeGreaterThanOrEqual(cmc[n - 1] ?? 0);
      expect(band.lo[n]).toBeLessThanOrEqual(cmc[n] as number);
      expect(band.hi[n]).toBeGreaterThanOrEqual(cmc[n] as number);
    }
  });

  it('are the same to the last bit each time', () => {
    const list = Array.from({ length: 50 }, (_, i) => ({
      product: `p${i % 9}`,
      rank: (i % 20) + 1,
    }));
    expect(scoresOf(list)).toEqual(scoresOf(list));
  });

  it('a right product beyond the 100 asked for counts 0 in mrr and in every n', () => {
    const { mrr, cmc, r10, n } = scoresOf([
      { product: 'a', rank: null },
      { product: 'b', rank: 51 },
    ]);
    expect({ mrr, r10, n, last: cmc[49] }).toEqual({ mrr: 1 / 51 / 2, r10: 0, n: 2, last: 0 });
  });

  it('of no query at all are zeros, not NaN', () => {
    const empty = scoresOf([]);
    expect([empty.n, empty.r1, empty.mrr, ...empty.cmc, ...empty.band.lo].every((value) => value === 0)).toBe(
      true,
    );
  });

  it('of a part are those of its queries alone; a query may be in several, and in each once', () => {
    const list = [
      { product: 'a', rank: 1, groups: ['light', 'rotated', 'light'] },
      { product: 'b', rank: 2, groups: ['light'] },
      { product: 'c', rank: null, groups: [] },
    ];
    const groups = partScores(list, (query) => query.groups);
    expect(Object.keys(groups)).toEqual(['light', 'rotated']);
    expect(groups.light).toEqual(scoresOf(list.slice(0, 2)));
    expect(groups.rotated?.r1).toBe(1);
  });
});

it('a quantile interpolates between order statistics', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([10], 0.975)).toBe(10);
  expect(quantile([0, 10], 0.25)).toBe(2.5);
});
