import type { FacetCounts, SearchAnswer } from '@likeness/contracts/engine';
import type { Filter } from '@likeness/contracts/filter';
import type { EngineCall, VectorEngine } from './engines/vector-engine.ts';

// Each stage has its own type and knows only the stages before it.

/** What is asked of the engine. */
export type EmbeddedQuery = {
  collection: string;
  vector: Float32Array;
  limit: number;
  offset: number;
  filter: Filter | null;
  facets: string[];
  mask: { ids: string[]; hashes: string[] };
};
/** Best image of each product, by visual score, highest first. */
export type Candidates = {
  products: { product: string; image: string; visual: number }[];
  facets: FacetCounts | null;
  masked: number;
  /** False when the engine is still loading the collection: the answer may be partial and must not be shown. */
  whole: boolean;
  engineMs: number;
};
/** Candidates with the score of all signals (today the visual one alone). */
export type Fused = Omit<Candidates, 'products'> & {
  products: { product: string; image: string; visual: number; score: number }[];
};
/** Fused products in the order in which they are shown; ranks count from 1, offset included. */
export type Ranked = Omit<Fused, 'products'> & {
  products: { product: string; image: string; visual: number; score: number; rank: number }[];
};

/** embedding → candidates → fused → ranked. Errors: those of the engine. */
export async function runPipeline(
  engine: VectorEngine,
  query: EmbeddedQuery,
  call: EngineCall = {},
): Promise<Ranked> {
  return rank(fuse(await recall(engine, query, call)), query.offset);
}

async function recall(engine: VectorEngine, query: EmbeddedQuery, call: EngineCall): Promise<Candidates> {
  const request = {
    limit: query.limit,
    offset: query.offset,
    filter: query.filter,
    facets: query.facets.length > 0 ? query.facets : null,
    mask: query.mask.ids.length + query.mask.hashes.length > 0 ? query.mask : null,
  };
  const began = performance.now();
  const answer: SearchAnswer = await engine.search(query.collection, { vector: query.vector, request }, call);
  const products = answer.hits.map((hit) => ({ product: hit.product, image: hit.id, visual: hit.score }));
  return {
    products,
    facets: answer.facets,
    masked: answer.masked,
    whole: answer.sealed,
    engineMs: performance.now() - began,
  };
}

function fuse(candidates: Candidates): Fused {
  return { ...candidates, products: candidates.products.map((each) => ({ ...each, score: each.visual })) };
}

function rank(fused: Fused, offset: number): Ranked {
  return { ...fused, products: fused.products.map((each, index) => ({ ...each, rank: offset + index + 1 })) };
}
