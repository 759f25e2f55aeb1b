import { AppError } from '@likeness/contracts/errors';
import type { Lane } from '@likeness/contracts/inference';
import type { Ctx } from '../context.ts';
import { imagesOfProducts } from '../index-version/engine-points.ts';
import { indexImages } from '../index-version/index-images.ts';
import { resolveIndexVersion } from '../index-version/resolve-index.ts';
import { storedVectors } from '../index-version/vectors-of-record.ts';

/** Pictures of one call to the engine: an import may bring thousands. */
const AT_A_TIME = 256;

/**
 * Brings products, as they are in Postgres now, into the live index: images that are there are written, everything
 * else of these products goes. Versions that are building or kept for roll-back follow: a build that has passed these
 * products does not come back to them. Safe to repeat.
 */
export async function syncProducts(
  ctx: Ctx,
  input: { catalogId: string; productIds: readonly string[]; lane: Lane },
): Promise<void> {
  const { db, engine } = ctx.deps;
  const images = await db.tenant(ctx.tenantId, (tx) => imagesOfProducts(tx, input.productIds));
  for (const version of await versionsOf(ctx, input.catalogId)) {
    const exists = await engine.stats(version.collection).catch(missing);
    if (!exists) continue;
    if (images.length === 0) {
      await engine.delete(version.collection, { products: [...input.productIds] });
      await countAgain(ctx, version);
      continue;
    }
    const index = await resolveIndexVersion(ctx, { catalogId: input.catalogId, indexVersionId: version.id });
    let failed = 0;
    for (let from = 0; from < images.length; from += AT_A_TIME) {
      const some = images.slice(from, from + AT_A_TIME);
      failed += (await indexImages(ctx, index, { images: some, lane: input.lane })).length;
    }
    const ids = images.map((image) => image.id);
    const keep =
      failed === 0 ? ids : [...(await db.tenant(ctx.tenantId, (tx) => storedVectors(tx, index, ids))).keys()];
    // Only now what is old goes: while pictures are embedded, the product stays in every answer.
    await engine.delete(version.collection, { products: [...input.productIds], keep });
    await countAgain(ctx, version);
  }
}

/** Versions that answer or may come to answer, the live one first: shoppers wait for it. */
async function versionsOf(ctx: Ctx, catalogId: string): Promise<{ id: string; collection: string }[]> {
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
async function countAgain(ctx: Ctx, { id, collection }: { id: string; collection: string }): Promise<void> {
  const { products, points } = await ctx.deps.engine.stats(collection);
  await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.indexVersion.updateMany({ where: { id, state: 'ready' }, data: { products, images: points } }),
  );
}

function missing(error: unknown): null {
  if (error instanceof AppError && error.code === 'not_found') return null;
  throw error;
}
