export type Plan = 'exact' | 'hnsw' | 'overfetch';

/**
 * Which way to take, from measured costs (bench/engine): an exact scan costs about `SCAN_US_PER_FLOAT` for each
 * float it reads; HNSW costs about `HNSW_US_PER_NEIGHBOUR` for each neighbour it is asked for, and with a filter
 * that passes a share p it must be asked for about 1/p times as many.
 */
const SCAN_US_PER_FLOAT = 0.00035;
const HNSW_US_PER_NEIGHBOUR = 7;
const HNSW_BASE_US = 450;

export function choosePlan(input: {
  strategy: 'auto' | 'exact' | 'overfetch';
  filtered: boolean;
  passing: number;
  indexed: number;
  dims: number;
  neighbours: number;
}): Plan {
  if (input.indexed === 0 || input.strategy === 'exact') return 'exact';
  const approximate: Plan = input.filtered ? 'overfetch' : 'hnsw';
  if (input.strategy === 'overfetch') return approximate;
  const share = Math.max(input.passing, 1) / Math.max(input.indexed, 1);
  const scanUs = input.passing * input.dims * SCAN_US_PER_FLOAT;
  const hnswUs = HNSW_BASE_US + (input.neighbours / share) * HNSW_US_PER_NEIGHBOUR;
  return scanUs <= hnswUs ? 'exact' : approximate;
}
