import { setImmediate } from 'node:timers/promises';
import { AppError } from '@likeness/contracts/errors';
import { type EmbeddedQuery, type Ranked, runPipeline } from '@likeness/search-core/search-pipeline';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { resolveLiveIndex } from '../index-version/resolve-index.ts';
import type { ResolvedIndex } from '../index-version/resolved-index.ts';
import { restoreCollection } from '../index-version/restore-collection.ts';
import type { Embedded } from '../ports/vision.ts';
import { type FoundObjects, findObjects, mayDetect } from './find-objects.ts';
import { hydrateHits } from './hydrate-hits.ts';
import {
  dropKeptPhoto,
  findQueryImage,
  keepQueryImage,
  picturesOfItself,
  type QueryImage,
  readSettings,
} from './query-image.ts';
import type { SearchHit, SearchInput, SearchResult } from './search-types.ts';

/** What only our own callers set. */
export type SearchExtras = {
  /** A version other than the live one (evaluation, side-by-side). */
  index?: ResolvedIndex;
  /** Images that may not answer, inside the engine's filter. */
  mask?: { ids: string[]; hashes: string[] };
  /** Asked with a catalogue picture, its own product does not answer: somebody looks for what is like it. */
  withoutItself?: boolean;
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
  const keep = extras.keepImage !== false && image.id === null;
  // A turn later, so that the models have their request before the database is asked.
  const settings =
    keep || mayDetect(index, input, image) ? setImmediate().then(() => readSettings(ctx)) : null;
  settings?.catch(() => {}); // heard when a box is chosen, or the photo is put away
  const found = await findObjects(ctx, index, { image, input, deadlineMs, settings });
  const embedded = await embedFound(ctx, index, { image, found, deadlineMs });
  // The photo is written to disk while engine and database answer; before, the models need every core.
  const keeping = keep && settings ? keepQueryImage(ctx, image, settings) : Promise.resolve(null);
  keeping.catch(() => {}); // heard below, when the hits are there
  try {
    const mask = extras.withoutItself ? { ids: await picturesOfItself(ctx, image), hashes: [] } : extras.mask;
    const { ranked, hits } = await rank(ctx, { index, embedded, input, mask });
    const kept = await keeping;
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
      indexNumber: index.number,
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

/** The handle of decoded pixels is the hash of the bytes. */
type Facts = { width: number; height: number; raster: string };

/** The part of the photo that is searched as an embedding; null when there is nothing to search yet. */
async function embedFound(
  ctx: Ctx,
  index: ResolvedIndex,
  how: { image: QueryImage; found: FoundObjects; deadlineMs: number },
): Promise<Embedded | null> {
  const { outcome, box, detected } = how.found;
  if (outcome !== 'found' || box === null) return null;
  const raster = detected?.raster ?? how.image.raster;
  const { side, enlarge } = index.crop;
  return ctx.deps.vision.embed(
    { bytes: how.image.bytes, ...(raster ? { raster } : {}) },
    { model: index.embedModel, boxes: [box], crop: { side, enlarge } },
    { lane: 'interactive', deadlineMs: how.deadlineMs, signal: ctx.signal },
  );
}

type RankInput = {
  index: ResolvedIndex;
  embedded: Embedded | null;
  input: SearchInput;
  mask: SearchExtras['mask'];
};

/** Embedding → engine → products. */
async function rank(
  ctx: Ctx,
  { index, embedded, input, mask }: RankInput,
): Promise<{ ranked: Ranked | null; hits: SearchHit[] }> {
  if (!embedded) return { ranked: null, hits: [] };
  return findHits(ctx, index, {
    collection: index.collection,
    vector: (embedded.vectors[0] as Float32Array).slice(),
    limit: input.limit,
    offset: input.offset,
    filter: input.filter ?? null,
    facets: input.facets ?? [],
    mask: mask ?? { ids: [], hashes: [] },
  });
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
