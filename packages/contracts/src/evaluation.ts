/** Scores of a set of queries (contract §4); every share is a fraction 0..1. */
export type EvaluationScores = {
  n: number;
  r1: number;
  r5: number;
  r10: number;
  mrr: number;
  /** CMC(1) … CMC(50). */
  cmc: number[];
  band: { lo: number[]; hi: number[] };
  ci95: { r1: [number, number]; r5: [number, number] };
};

/** The evaluation JSON of contract §4. */
export type EvaluationResult = {
  catalog: string;
  index_version: string;
  model: { id: string; sha256: string };
  engine: string;
  crop: 'auto' | 'given' | 'none';
  queries: number;
  failed: { image: string; code: string }[];
  self_removed: number;
  /** Queries that name a product which the catalogue has not: misses, whatever the index does. Evaluations of before it was counted lack it. */
  unknown_products?: number;
  gallery: { products: number; images: number };
  all: EvaluationScores;
  class_mean: EvaluationScores;
  groups: Record<string, EvaluationScores>;
  /** Of each category that a right product is in, as the catalogue had them then. */
  categories: Record<string, EvaluationScores>;
  ms: { p50: number; p99: number };
  seconds: number;
};

/** One line of `--details`. */
export type EvaluationDetail = {
  image: string;
  product_id: string;
  rank: number | null;
  outcome: string;
  box: [number, number, number, number] | null;
  top: { product_id: string; image: string; score: number }[];
};
