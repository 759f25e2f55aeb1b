import { AppError } from '@likeness/contracts/errors';
import type { Lane } from '@likeness/contracts/inference';
import type { Ctx } from '../context.ts';
import { imagesOfProducts } from '../index-version/engine-points.ts';
import { indexImages } from '../index-version/index-images.ts';
import { resolveIndexVersion } from '../index-version/resolve-index.ts';
import { storedVectors } from '../index-version/vectors-of-record.ts';

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
  const versions = await db.tenant(ctx.tenantId, (tx) =>
    tx.indexVersion.findMany({
      where: { catalogId: input.catalogId, state: { in: ['building', 'ready'] } },
      select: { id: true, collection: true },
    }),
  );
  for (const version of versions) {
    const exists = await engine.stats(version.collection).catch(missing);
    if (!exists) continue;
    if (images.length === 0) {
      await engine.delete(version.collection, { products: [...input.productIds] });
      await countAgain(ctx, version);
      continue;
    }
    const index = await resolveIndexVersion(ctx, { catalogId: input.catalogId, indexVersionId: version.id });
    const failures = await indexImages(ctx, index, { images, lane: input.lane });
    const ids = images.map((image) => image.id);
    const keep =
      failures.length === 0
        ? ids
        : [...(await db.tenant(ctx.tenantId, (tx) => storedVectors(tx, index, ids))).keys()];
    // Only now what is old goes: while pictures are embedded, the product stays in every answer.
    await engine.delete(version.collection, { products: [...input.productIds], keep });
    await countAgain(ctx, version);
  }
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
