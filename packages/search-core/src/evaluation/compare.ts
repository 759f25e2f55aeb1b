import { seededRandom } from './random.ts';
import { BOOTSTRAP_SAMPLES, byPart, byProduct, quantile } from './summarize.ts';

/** One query answered by two versions. */
export type PairedQuery = {
  id: string;
  product: string;
  before: number | null;
  after: number | null;
  groups: readonly string[];
  /** Those of its right products. */
  categories: readonly string[];
};
export type Difference = { delta: number; lo: number; hi: number };
export type PartDifferences = Record<string, { n: number; r1: Difference }>;
export type Comparison = {
  n: number;
  /** after − before, with the 95 % interval of a bootstrap over products that draws both answers together. */
  r1: Difference;
  r5: Difference;
  r10: Difference;
  r20: Difference;
  r50: Difference;
  mrr: Difference;
  /** Of each group and each category that any query is in: how many it has, and the difference of its R@1. */
  groups: PartDifferences;
  categories: PartDifferences;
  /** Ids of queries whose right product came first only after, only before, in both, in neither. */
  won: string[];
  lost: string[];
  both: string[];
  neither: string[];
};

/** Fewer products cannot be sure: even if all of them say the same, a sign test is right by chance more often than 5 %. */
const SURE_FROM = 6;

type Gain = (query: PairedQuery) => number;
const within = (rank: number | null, k: number): number => (rank !== null && rank <= k ? 1 : 0);
const reciprocal = (rank: number | null): number => (rank === null ? 0 : 1 / rank);

/** Paired comparison of two evaluations of the same queries (mission row 33, 34). */
export function compareEvaluations(queries: readonly PairedQuery[]): Comparison {
  const at =
    (k: number): Gain =>
    (query) =>
      within(query.after, k) - within(query.before, k);
  const first = (rank: number | null): boolean => rank === 1;
  const pick = (before: boolean, after: boolean): string[] =>
    queries
      .filter((query) => first(query.before) === before && first(query.after) === after)
      .map((query) => query.id);
  const ofPart = (own: readonly PairedQuery[]) => ({ n: own.length, r1: difference(own, at(1)) });
  return {
    n: queries.length,
    r1: difference(queries, at(1)),
    r5: difference(queries, at(5)),
    r10: difference(queries, at(10)),
    r20: difference(queries, at(20)),
    r50: difference(queries, at(50)),
    mrr: difference(queries, (query) => reciprocal(query.after) - reciprocal(query.before)),
    groups: byPart(queries, (query) => query.groups, ofPart),
    categories: byPart(queries, (query) => query.categories, ofPart),
    won: pick(false, true),
    lost: pick(true, false),
    both: pick(true, true),
    neither: pick(false, false),
  };
}

function difference(queries: readonly PairedQuery[], gain: Gain): Difference {
  const clusters = [...byProduct(queries).values()].map((cluster) => ({
    n: cluster.length,
    sum: cluster.reduce((sum, query) => sum + gain(query), 0),
  }));
  const mean = (drawn: readonly { n: number; sum: number }[]): number =>
    drawn.reduce((sum, each) => sum + each.sum, 0) / (drawn.reduce((n, each) => n + each.n, 0) || 1);
  const random = seededRandom(0);
  const samples = Array.from({ length: BOOTSTRAP_SAMPLES }, () =>
    mean(clusters.map(() => clusters[Math.floor(random() * clusters.length)] ?? { n: 0, sum: 0 })),
  );
  const [lo, hi] = [quantile(samples, 0.025), quantile(samples, 0.975)];
  const few = clusters.length < SURE_FROM;
  return { delta: mean(clusters), lo: few ? Math.min(lo, 0) : lo, hi: few ? Math.max(hi, 0) : hi };
}
