import type { Box } from '@likeness/contracts/box';
import { AppError } from '@likeness/contracts/errors';
import { type EmbeddedQuery, type Ranked, runPipeline } from '@likeness/search-core/search-pipeline';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { resolveLiveIndex } from '../index-version/resolve-index.ts';
import type { ResolvedIndex } from '../index-version/resolved-index.ts';
import { restoreCollection } from '../index-version/restore-collection.ts';
import type { Embedded } from '../ports/vision.ts';
import { type FoundObjects, findObjects } from './find-objects.ts';
import { hydrateHits } from './hydrate-hits.ts';
import { dropKeptPhoto, findQueryImage, keepQueryImage, type QueryImage } from './query-image.ts';
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
  // The photo is written to disk while inference decodes it, which takes one core; the models then take all of them.
  const keeping = extras.keepImage === false ? Promise.resolve(null) : keepQueryImage(ctx, image);
  keeping.catch(() => {}); // heard below, when the models are done
  try {
    const found = await findObjects(ctx, index, { image, input, deadlineMs });
    const rest = await rank(ctx, { index, image, found, input, extras, deadlineMs });
    const kept = await keeping;
    const { embedded, ranked, hits } = rest;
    const { width, height, raster: sha256 } = (found.detected ?? embedded) as Facts;
    const photo = {
      id: kept?.id ?? image.id,
      expiresAt: kept?.expiresAt ?? image.expiresAt,
      kept,
      width,
      height,
      sha256,
    };
    return {
      outcome: found.outcome,
      box: found.box,
      objects: found.objects,
      catalogId: index.catalogId,
      indexVersion: index.id,
      modelVersion: index.embedModel.manifest.id,
      modelVersionId: index.embedModelId,
      image: photo,
      hits,
      facets: ranked?.facets ?? null,
      masked: ranked?.masked ?? 0,
      timings: {
        decode: (found.detected ?? embedded)?.ms.decode ?? 0,
        detect: found.detected?.ms.detect ?? 0,
        embed: embedded?.ms.embed ?? 0,
        engine: ranked?.engineMs ?? 0,
        total: performance.now() - began,
      },
    };
  } catch (error) {
    await dropKeptPhoto(ctx, keeping);
    throw error;
  }
}

type RankInput = {
  index: ResolvedIndex;
  image: QueryImage;
  found: FoundObjects;
  input: SearchInput;
  extras: SearchExtras;
  deadlineMs: number;
};
type RankedHits = { embedded: Embedded | null; ranked: Ranked | null; hits: SearchHit[] };
/** The handle of decoded pixels is the hash of the bytes. */
type Facts = { width: number; height: number; raster: string };

/** Crop → embedding → engine → products; nothing of it when there is no box to search. */
async function rank(
  ctx: Ctx,
  { index, image, found, input, extras, deadlineMs }: RankInput,
): Promise<RankedHits> {
  const { outcome, box, detected } = found;
  if (outcome !== 'found' || box === null) return { embedded: null, ranked: null, hits: [] };
  const raster = detected?.raster ?? image.raster;
  const embedded = await embedQuery(ctx, index, { image, raster, box, deadlineMs });
  const query = {
    collection: index.collection,
    vector: (embedded.vectors[0] as Float32Array).slice(),
    limit: input.limit,
    offset: input.offset,
    filter: input.filter ?? null,
    facets: input.facets ?? [],
    mask: extras.mask ?? { ids: [], hashes: [] },
  };
  return { embedded, ...(await findHits(ctx, index, query)) };
}

function embedQuery(
  ctx: Ctx,
  index: ResolvedIndex,
  how: { image: QueryImage; raster: string | undefined; box: Box; deadlineMs: number },
): Promise<Embedded> {
  const { side, enlarge } = index.crop;
  return ctx.deps.vision.embed(
    { bytes: how.image.bytes, ...(how.raster ? { raster: how.raster } : {}) },
    { model: index.embedModel, boxes: [how.box], crop: { side, enlarge } },
    { lane: 'interactive', deadlineMs: how.deadlineMs, signal: ctx.signal },
  );
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
