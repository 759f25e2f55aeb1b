import { AppError } from '@likeness/contracts/errors';
import { type EmbeddedQuery, type Ranked, runPipeline } from '@likeness/search-core/search-pipeline';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { resolveLiveIndex } from '../index-version/resolve-index.ts';
import type { ResolvedIndex } from '../index-version/resolved-index.ts';
import { restoreCollection } from '../index-version/restore-collection.ts';
import { findObjects } from './find-objects.ts';
import { hydrateHits } from './hydrate-hits.ts';
import { findQueryImage, keepQueryImage, type QueryImage } from './query-image.ts';
import type { SearchHit, SearchInput, SearchResult } from './search-types.ts';

/** What only our own callers set. */
export type SearchExtras = {
  /** A version other than the live one (evaluation, side-by-side). */
  index?: ResolvedIndex;
  /** Images that may not answer, inside the engine's filter. */
  mask?: { ids: string[]; hashes: string[] };
  keepImage?: boolean;
  deadlineMs?: number;
};

const DEADLINE_MS = 10_000;
const REFILLS_MAX = 3;

/**
 * The one search: photo → objects → crop → embedding → engine → products. Index and model version are read together
 * from one row. Errors: those of decoding, `no_live_index`, `not_found`, `engine_unavailable`, `inference_unavailable`.
 */
export async function searchByImage(
  ctx: Ctx,
  input: SearchInput,
  extras: SearchExtras = {},
): Promise<SearchResult> {
  requirePermission(ctx, 'search:run');
  const began = performance.now();
  const deadlineMs = extras.deadlineMs ?? Date.now() + DEADLINE_MS;
  const index = extras.index ?? (await resolveLiveIndex(ctx, { catalog: input.catalog }));
  const image = await findQueryImage(ctx, {
    ...input,
    catalogId: index.catalogId,
    modelVersionId: index.embedModelId,
    recipe: index.recipe,
  });
  const { outcome, box, objects, detected } = await findObjects(ctx, index, { image, input, deadlineMs });
  const { width, height, sha256 } = detected;
  // The photo is written to disk while the models run.
  const keeping =
    extras.keepImage === false
      ? Promise.resolve({ id: image.id, expiresAt: null })
      : keepQueryImage(ctx, { image, sha256, width, height });
  keeping.catch(() => {});
  const base = {
    outcome,
    box,
    objects,
    catalogId: index.catalogId,
    indexVersion: index.id,
    modelVersion: index.embedModel.manifest.id,
    modelVersionId: index.embedModelId,
  };
  const spent = { decode: detected.ms.decode, detect: detected.ms.detect, embed: 0, engine: 0 };
  if (outcome !== 'found' || box === null) {
    const kept = await keeping;
    return {
      ...base,
      image: { ...kept, width, height, sha256 },
      hits: [],
      facets: null,
      masked: 0,
      timings: { ...spent, total: performance.now() - began },
    };
  }
  const { vector, embedMs } = await embedQuery(ctx, index, {
    image,
    raster: detected.raster,
    box,
    deadlineMs,
  });
  const query = {
    collection: index.collection,
    vector,
    limit: input.limit,
    offset: input.offset,
    filter: input.filter ?? null,
    facets: input.facets ?? [],
    mask: extras.mask ?? { ids: [], hashes: [] },
  };
  const { hits, ranked } = await findHits(ctx, index, query);
  const kept = await keeping;
  const timings = { ...spent, embed: embedMs, engine: ranked.engineMs, total: performance.now() - began };
  return {
    ...base,
    image: { ...kept, width, height, sha256 },
    hits,
    facets: ranked.facets,
    masked: ranked.masked,
    timings,
  };
}

async function embedQuery(
  ctx: Ctx,
  index: ResolvedIndex,
  how: { image: QueryImage; raster: string; box: [number, number, number, number]; deadlineMs: number },
): Promise<{ vector: Float32Array; embedMs: number }> {
  const { side, enlarge } = index.crop;
  const source = { bytes: how.image.bytes, raster: how.raster };
  const embedded = await ctx.deps.vision.embed(
    source,
    { model: index.embedModel, boxes: [how.box], crop: { side, enlarge } },
    { lane: 'interactive', deadlineMs: how.deadlineMs, signal: ctx.signal },
  );
  return { vector: (embedded.vectors[0] as Float32Array).slice(), embedMs: embedded.ms.embed };
}

/** Products that were deleted since the engine last heard of it are left out and others fetched in their place. */
async function findHits(
  ctx: Ctx,
  index: ResolvedIndex,
  query: EmbeddedQuery,
): Promise<{ hits: SearchHit[]; ranked: Ranked }> {
  let limit = query.limit;
  for (let refill = 0; ; refill++) {
    const ranked = await ask(ctx, index, { ...query, limit });
    const hydrated = await hydrateHits(ctx, index, ranked.products);
    const gone = ranked.products.length - hydrated.length;
    if (hydrated.length >= query.limit || gone === 0 || refill >= REFILLS_MAX) {
      const hits = hydrated.slice(0, query.limit).map((hit, i) => ({ ...hit, rank: query.offset + i + 1 }));
      return { hits, ranked };
    }
    limit += gone + 8;
  }
}

/** A collection that the engine lost is made again from the vectors of record; until it is whole, searches wait for it. */
async function ask(ctx: Ctx, index: ResolvedIndex, query: EmbeddedQuery): Promise<Ranked> {
  const call = ctx.signal ? { signal: ctx.signal } : {};
  const first = await runPipeline(ctx.deps.engine, query, call).catch((error) => {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  });
  if (first?.whole) return first;
  await restoreCollection(ctx, index);
  const second = await runPipeline(ctx.deps.engine, query, call);
  if (!second.whole) throw new AppError('engine_unavailable', { retryAfterSeconds: 2 });
  return second;
}
