import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@likeness/contracts/errors';
import type { Lane } from '@likeness/contracts/inference';
import type { Ctx } from '../context.ts';
import { type IndexedImage, imagesOfProducts } from '../index-version/engine-points.ts';
import { indexImages } from '../index-version/index-images.ts';
import { resolveIndexVersion } from '../index-version/resolve-index.ts';
import { storedVectors } from '../index-version/vectors-of-record.ts';

/** Pictures of one call to the engine: an import may bring thousands. */
const AT_A_TIME = 256;

/** More often nobody can be passed by other writers of the same products in one go: the job tries again later. */
const ROUNDS_MAX = 20;

type Products = { catalogId: string; productIds: readonly string[]; lane: Lane };
type Version = { id: string; collection: string };

/**
 * Brings products, as they are in Postgres now, into the live index: images that are there are written, everything
 * else of these products goes. Versions that are building or kept for roll-back follow: a build that has passed these
 * products does not come back to them. Safe to repeat, and to run several times at once for the same products.
 * Errors: those of inference and engine; `conflict` where the products would not stand still.
 */
export async function syncProducts(ctx: Ctx, input: Products): Promise<void> {
  for (const version of await versionsOf(ctx, input.catalogId)) {
    const exists = await ctx.deps.engine.stats(version.collection).catch(missing);
    if (!exists) continue;
    await syncVersion(ctx, version, input);
    await countAgain(ctx, version);
  }
}

/**
 * Writers of one product pass each other: who read before another had written would end by taking the newer points away.
 * So each looks again before it takes anything away and once more after it, until what it wrote is what stands: whoever
 * writes last to the engine has seen that nobody wrote to Postgres since it read.
 */
async function syncVersion(ctx: Ctx, version: Version, input: Products): Promise<void> {
  const read = (): Promise<IndexedImage[]> =>
    ctx.deps.db.tenant(ctx.tenantId, (tx) => imagesOfProducts(tx, input.productIds));
  let images = await read();
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const keep = await writePoints(ctx, version, { ...input, images });
    let now = await read();
    if (isDeepStrictEqual(now, images)) {
      // Only now what is old goes: while pictures are embedded, the product stays in every answer.
      await ctx.deps.engine.delete(version.collection, { products: [...input.productIds], keep });
      now = await read();
      if (isDeepStrictEqual(now, images)) return;
    }
    images = now;
  }
  throw new AppError('conflict', { message: 'The products were written again and again.' });
}

/** Gives the ids of the pictures that the version now has. */
async function writePoints(
  ctx: Ctx,
  version: Version,
  { catalogId, images, lane }: Products & { images: readonly IndexedImage[] },
): Promise<string[]> {
  if (images.length === 0) return [];
  const index = await resolveIndexVersion(ctx, { catalogId, indexVersionId: version.id });
  let failed = 0;
  for (let from = 0; from < images.length; from += AT_A_TIME)
    failed += (await indexImages(ctx, index, { images: images.slice(from, from + AT_A_TIME), lane })).length;
  const ids = images.map((image) => image.id);
  if (failed === 0) return ids;
  const stored = await ctx.deps.db.tenant(ctx.tenantId, (tx) => storedVectors(tx, index, ids));
  return [...stored.keys()];
}

/** Versions that answer or may come to answer, the live one first: shoppers wait for it. */
async function versionsOf(ctx: Ctx, catalogId: string): Promise<Version[]> {
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const catalog = await tx.catalog.findFirst({ where: { id: catalogId } });
    const versions = await tx.indexVersion.findMany({
      where: { catalogId, state: { in: ['building', 'ready'] } },
      select: { id: true, collection: true },
    });
    const isLive = (id: string): number => Number(id === catalog?.liveIndexVersionId);
    return versions.toSorted((a, b) => isLive(b.id) - isLive(a.id));
  });
}

/** What a finished version says that it holds. */
async function countAgain(ctx: Ctx, { id, collection }: Version): Promise<void> {
  const { products, points } = await ctx.deps.engine.stats(collection);
  await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.indexVersion.updateMany({ where: { id, state: 'ready' }, data: { products, images: points } }),
  );
}

function missing(error: unknown): null {
  if (error instanceof AppError && error.code === 'not_found') return null;
  throw error;
}
