import { z } from 'zod';
import { filterSchema } from './filter.ts';

/**
 * Wire of the embedded vector engine (apps/engine). It knows collections and filters, no tenants.
 *
 *   PUT    /collections/{name}            CreateCollection            make an empty collection in state `loading`
 *   POST   /collections/{name}/points     frame(PointsHeader, vectors) add or replace points, durable when answered
 *   POST   /collections/{name}/delete     DeletePoints                 take points or whole products away
 *   POST   /collections/{name}/seal       {}                           write the immutable files, build the index
 *   POST   /collections/{name}/search     frame(SearchHeader, vector)  → SearchAnswer
 *   GET    /collections/{name}            CollectionStats
 *   GET    /collections                   {collections:[name]}
 *   DELETE /collections/{name}
 *
 * A frame is `u32 header length (LE) · header JSON in UTF-8 · zero padding to 4 bytes · float32 vectors (LE)`.
 * Vectors must be unit vectors; score = (1 + cos) / 2. Errors have the body of contract §5.
 */
export const collectionNameSchema = z.string().regex(/^[a-z][a-z0-9_-]{2,99}$/);

export const createCollectionSchema = z.strictObject({ dims: z.number().int().min(1).max(8192) });
export type CreateCollection = z.infer<typeof createCollectionSchema>;

const attributeValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);
/** Flat attributes that filters and facets see: category, price and the product's own. */
export const attributesSchema = z.record(z.string(), attributeValue);
export type Attributes = z.infer<typeof attributesSchema>;

export const pointSchema = z.strictObject({
  /** Image id. */
  id: z.string().min(1).max(64),
  /** Product id; the answer is collapsed by it. */
  product: z.string().min(1).max(64),
  /** Content hash of the image, so that equal pictures can be masked. */
  hash: z.string().max(64).default(''),
  attributes: attributesSchema,
});
export type Point = z.infer<typeof pointSchema>;
export const pointsHeaderSchema = z.strictObject({
  dims: z.number().int(),
  points: z.array(pointSchema).max(10_000),
});
export type PointsHeader = z.infer<typeof pointsHeaderSchema>;

export const deletePointsSchema = z.strictObject({
  ids: z.array(z.string()).max(10_000).default([]),
  products: z.array(z.string()).max(10_000).default([]),
  /** Images that stay although their product is named: write the new ones, then delete the product but them. */
  keep: z.array(z.string()).max(100_000).default([]),
});
export type DeletePoints = z.infer<typeof deletePointsSchema>;

export const STRATEGIES = ['auto', 'exact', 'overfetch'] as const;
export const searchHeaderSchema = z.strictObject({
  dims: z.number().int(),
  /** Products wanted, after `offset`. */
  limit: z.number().int().min(1).max(1000),
  offset: z.number().int().min(0).max(1000).default(0),
  filter: filterSchema.nullish(),
  /** Images that must not answer, by id or by content hash; they are counted in `masked`. */
  mask: z
    .strictObject({ ids: z.array(z.string()).default([]), hashes: z.array(z.string()).default([]) })
    .nullish(),
  facets: z.array(z.string()).max(32).nullish(),
  /** Products over which facets are counted. */
  facetProducts: z.number().int().min(1).max(1000).default(200),
  /** Forces a plan; for benches. */
  strategy: z.enum(STRATEGIES).default('auto'),
  /** Beam width of HNSW; larger is more exact and slower. */
  ef: z.number().int().min(10).max(2000).nullish(),
});
export type SearchHeader = z.infer<typeof searchHeaderSchema>;
export type SearchRequest = z.input<typeof searchHeaderSchema>;

export type EngineHit = { product: string; id: string; score: number };
export type FacetCounts = Record<string, { value: string | number | boolean; count: number }[]>;
export type SearchAnswer = {
  hits: EngineHit[];
  facets: FacetCounts | null;
  /** How many points the mask took out. */
  masked: number;
  plan: 'exact' | 'hnsw' | 'overfetch';
  /** False while the collection is still being loaded: then the answer may be partial. */
  sealed: boolean;
  ms: number;
};

export type CollectionStats = {
  name: string;
  dims: number;
  state: 'loading' | 'sealed';
  points: number;
  products: number;
  delta: number;
  /** Hex digest over the sorted point ids: equal sets have equal checksums. */
  checksum: string;
  index: 'flat' | 'hnsw';
};
