import type { EvaluationScores } from '@likeness/contracts/evaluation';
import { seededRandom } from './random.ts';

/** One query of an evaluation: its right product (the first one when several are) and the rank it got. */
export type RankedQuery = { product: string; rank: number | null };

export const CMC_RANKS = 50;
export const BOOTSTRAP_SAMPLES = 1000;

type Sums = { n: number; mrr: number; atRank: Float64Array };

/**
 * Scores of a set of queries: R@k and CMC(n) = share of queries of rank ≤ n, MRR = mean of 1/rank (0 for null).
 * Intervals: percentile bootstrap over right products (all queries of a drawn product come along), 1,000 samples,
 * mulberry32 with seed 0, 95 %.
 */
export function scoresOf(queries: readonly RankedQuery[]): EvaluationScores {
  return fromClusters([...byProduct(queries).values()].map(sumsOf), false);
}

/** As `scoresOf`, with every right product weighing the same: the mean of the products' own figures, n = products. */
export function classMeanOf(queries: readonly RankedQuery[]): EvaluationScores {
  return fromClusters([...byProduct(queries).values()].map(sumsOf), true);
}

/** Scores of each part of the queries, as `partsOf` names them: groups, categories. */
export function partScores<Q extends RankedQuery>(
  queries: readonly Q[],
  partsOf: (query: Q) => readonly string[],
): Record<string, EvaluationScores> {
  return byPart(queries, partsOf, scoresOf);
}

/** A figure of each part that any query is in, names in order; a query may be in several. */
export function byPart<Q, Figure>(
  queries: readonly Q[],
  partsOf: (query: Q) => readonly string[],
  figureOf: (own: readonly Q[]) => Figure,
): Record<string, Figure> {
  const parts = new Map<string, Q[]>();
  for (const query of queries)
    for (const name of new Set(partsOf(query))) {
      const own = parts.get(name);
      if (own) own.push(query);
      else parts.set(name, [query]);
    }
  const names = [...parts.keys()].sort();
  return Object.fromEntries(names.map((name) => [name, figureOf(parts.get(name) ?? [])]));
}

export function byProduct<Q extends { product: string }>(queries: readonly Q[]): Map<string, Q[]> {
  const clusters = new Map<string, Q[]>();
  for (const query of queries) {
    const cluster = clusters.get(query.product);
    if (cluster) cluster.push(query);
    else clusters.set(query.product, [query]);
  }
  return clusters;
}

function sumsOf(queries: readonly RankedQuery[]): Sums {
  const atRank = new Float64Array(CMC_RANKS);
  let mrr = 0;
  for (const { rank } of queries) {
    if (rank === null) continue;
    mrr += 1 / rank;
    for (let n = rank - 1; n < CMC_RANKS; n++) atRank[n] = (atRank[n] as number) + 1;
  }
  return { n: queries.length, mrr, atRank };
}

function fromClusters(clusters: readonly Sums[], equalWeight: boolean): EvaluationScores {
  const weighted = equalWeight ? clusters.map(meanOf) : clusters;
  const point = ratio(weighted);
  const ranks = sortedRanks(bootstrap(weighted));
  const band = (share: number): number[] => ranks.map((sorted) => quantileOfSorted(sorted, share));
  const [lo, hi] = [band(0.025), band(0.975)];
  return {
    n: equalWeight ? clusters.length : clusters.reduce((sum, each) => sum + each.n, 0),
    r1: point.cmc[0] ?? 0,
    r5: point.cmc[4] ?? 0,
    r10: point.cmc[9] ?? 0,
    mrr: point.mrr,
    cmc: point.cmc,
    band: { lo, hi },
    ci95: { r1: [lo[0] ?? 0, hi[0] ?? 0], r5: [lo[4] ?? 0, hi[4] ?? 0] },
  };
}

const meanOf = (sums: Sums): Sums => ({
  n: 1,
  mrr: sums.mrr / sums.n,
  atRank: sums.atRank.map((value) => value / sums.n),
});

function ratio(clusters: readonly Sums[]): { cmc: number[]; mrr: number } {
  const n = clusters.reduce((sum, each) => sum + each.n, 0) || 1;
  const cmc = Array.from(
    { length: CMC_RANKS },
    (_, rank) => clusters.reduce((sum, each) => sum + (each.atRank[rank] as number), 0) / n,
  );
  return { cmc, mrr: clusters.reduce((sum, each) => sum + each.mrr, 0) / n };
}

function bootstrap(clusters: readonly Sums[]): Float64Array[] {
  const random = seededRandom(0);
  return Array.from({ length: BOOTSTRAP_SAMPLES }, () => {
    const total = new Float64Array(CMC_RANKS);
    let n = 0;
    for (let i = 0; i < clusters.length; i++) {
      const drawn = clusters[Math.floor(random() * clusters.length)] as Sums;
      n += drawn.n;
      for (let rank = 0; rank < CMC_RANKS; rank++)
        total[rank] = (total[rank] as number) + (drawn.atRank[rank] as number);
    }
    return total.map((value) => value / (n || 1));
  });
}

/** The samples of each rank in order: sorted once for both ends of a band, since a catalogue may have hundreds of categories. */
function sortedRanks(samples: readonly Float64Array[]): Float64Array[] {
  return Array.from({ length: CMC_RANKS }, (_, rank) => {
    const values = new Float64Array(samples.length);
    for (let i = 0; i < samples.length; i++) values[i] = samples[i]?.[rank] ?? 0;
    return values.sort();
  });
}

/** Linear interpolation between order statistics. */
export const quantile = (values: readonly number[], share: number): number =>
  quantileOfSorted(Float64Array.from(values).sort(), share);

function quantileOfSorted(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return 0;
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? 0;
  return low + ((sorted[Math.ceil(at)] ?? low) - low) * (at - Math.floor(at));
}
