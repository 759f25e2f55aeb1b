export type Plan = 'exact' | 'hnsw' | 'overfetch';

/**
 * Costs of one search in one thread, in microseconds, from bench/engine (100,000 × 384; docs/decisions): rows that
 * lie one behind the other are scanned at the speed of memory, rows named by a filter at half of it, and HNSW costs
 * about the same for each neighbour that it is asked for.
 */
const SCAN_US_PER_FLOAT = 0.00022;
const GATHER_US_PER_FLOAT = 0.00045;
const HNSW_US_PER_NEIGHBOUR = 6;
const HNSW_BASE_US = 200;

/** Images asked for, for each product wanted: some products have several. */
const IMAGES_A_PRODUCT = 2.5;
/**
 * Below this share a filter leaves too little of a query's own neighbourhood, and the first neighbours that pass are
 * not yet the nearest ones (recall 0.967 at 10 %): twice as many are asked for.
 */
const SPARSE_SHARE = 0.25;

/** How many neighbours HNSW is asked for at first; `share` of the points pass the filter. */
export function firstAsk(input: { want: number; share: number; ef: number; indexed: number }): number {
  const caution = input.share < SPARSE_SHARE ? 2 : 1;
  const ask = Math.ceil((input.want * IMAGES_A_PRODUCT * caution) / input.share);
  return Math.min(input.indexed, Math.max(input.ef, ask));
}

/** Which way to take: forced, or the cheaper one of exact scan and HNSW. */
export function choosePlan(input: {
  strategy: 'auto' | 'exact' | 'overfetch';
  filtered: boolean;
  passing: number;
  indexed: number;
  dims: number;
  ask: number;
}): Plan {
  if (input.indexed === 0 || input.strategy === 'exact') return 'exact';
  const approximate: Plan = input.filtered ? 'overfetch' : 'hnsw';
  if (input.strategy === 'overfetch') return approximate;
  const perFloat = input.filtered ? GATHER_US_PER_FLOAT : SCAN_US_PER_FLOAT;
  const hnswUs = HNSW_BASE_US + input.ask * HNSW_US_PER_NEIGHBOUR;
  return input.passing * input.dims * perFloat <= hnswUs ? 'exact' : approximate;
}
