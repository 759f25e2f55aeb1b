import { AppError } from '@likeness/contracts/errors';
import { recordAudit } from '../audit/record-audit.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { type TestQueryView, toTestQueryView } from './test-set-view.ts';

/**
 * Says anew which products are right for a photo of a test set; none where nothing in the catalog is. Evaluations that are
 * done keep the answer that they were marked by. Errors: `not_found` (the photo, or a product that its catalog has not
 * and that was not right before).
 */
export async function setRightProducts(
  ctx: Ctx,
  input: { queryId: string; productIds: string[] },
): Promise<TestQueryView> {
  requirePermission(ctx, 'testsets:write');
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const query = await tx.testQuery.findFirst({
      where: { id: input.queryId },
      include: { testSet: { select: { id: true, catalogId: true } } },
    });
    if (!query) throw new AppError('not_found');
    const wanted = [...new Set(input.productIds)];
    const known = await tx.product.findMany({
      where: { catalogId: query.testSet.catalogId, externalId: { in: wanted } },
      select: { externalId: true },
    });
    // One that is named already may stay, though its product is gone.
    const may = new Set([...query.productIds, ...known.map(({ externalId }) => externalId)]);
    const missing = wanted.find((id) => !may.has(id));
    if (missing !== undefined)
      throw new AppError('not_found', { message: `There is no product ${missing} in this catalog.` });
    const row = await tx.testQuery.update({
      where: { tenantId_id: { tenantId: ctx.tenantId, id: query.id } },
      data: { productIds: wanted },
    });
    await recordAudit(tx, ctx, {
      action: 'test_set.correct',
      subject: query.testSet.id,
      before: { photo: query.image, products: query.productIds },
      after: { photo: query.image, products: wanted },
    });
    return toTestQueryView(row);
  });
}
