import type { Box } from '@likeness/contracts/box';
import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { isUniqueViolation } from '@likeness/db/database-errors';
import { resolveCatalog } from '../catalog/resolve-catalog.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { storeImage } from '../image/store-image.ts';
import { type TestQueryView, toTestQueryView } from './test-set-view.ts';

/** "Save this query": the photo of a search, its box and the right products go into a test set, made when it is missing. */
export async function saveQuery(
  ctx: Ctx,
  input: {
    catalog: string;
    testSet: string;
    imageId: string;
    box: Box | null;
    productIds: string[];
    groups: string[];
  },
): Promise<TestQueryView> {
  requirePermission(ctx, 'testsets:write');
  const catalog = await resolveCatalog(ctx, input.catalog);
  const photo = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.queryImage.findFirst({ where: { id: input.imageId } }),
  );
  if (!photo) throw new AppError('not_found');
  const id = newId('testQuery', ctx.deps.clock.now());
  const bytes = await ctx.deps.objects.get(photo.originalKey);
  const stored = await storeImage(ctx, {
    prefix: `t/${ctx.tenantId}/test-queries/${id}`,
    bytes,
    options: { lane: 'interactive', signal: ctx.signal },
  });
  const add = () =>
    ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
      const where = { catalogId: catalog.id, OR: [{ id: input.testSet }, { name: input.testSet }] };
      const found = await tx.testSet.findFirst({ where });
      const set =
        found ??
        (await tx.testSet.create({
          data: {
            tenantId: ctx.tenantId,
            id: newId('testSet'),
            catalogId: catalog.id,
            name: input.testSet,
            origin: 'saved',
          },
        }));
      const last = await tx.testQuery.aggregate({ where: { testSetId: set.id }, _max: { ordinal: true } });
      return tx.testQuery.create({
        data: {
          tenantId: ctx.tenantId,
          id,
          testSetId: set.id,
          ordinal: (last._max.ordinal ?? -1) + 1,
          image: `${photo.id}.jpg`,
          sha256: stored.sha256,
          originalKey: stored.originalKey,
          displayKey: stored.displayKey,
          productIds: input.productIds,
          groups: input.groups,
          box: input.box ?? [],
        },
      });
    });
  // Somebody else may have made the set at the same moment: then it is found.
  const row = await add().catch((error) => {
    if (isUniqueViolation(error)) return add();
    throw error;
  });
  return toTestQueryView(row);
}
