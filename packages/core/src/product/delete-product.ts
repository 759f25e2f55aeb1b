import { AppError } from '@likeness/contracts/errors';
import { recordAudit } from '../audit/record-audit.ts';
import { resolveCatalog } from '../catalog/resolve-catalog.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { dropImageFiles } from '../image/drop-image-files.ts';
import { planSync, syncNow } from './sync-soon.ts';

/** Deletes a product, its pictures and its vectors; gone from search within 2 s. Errors: `not_found`. */
export async function deleteProduct(
  ctx: Ctx,
  input: { catalog: string | null | undefined; productId: string },
): Promise<void> {
  requirePermission(ctx, 'products:write');
  const catalog = await resolveCatalog(ctx, input.catalog);
  const { pending, images } = await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const row = await tx.product.findFirst({
      where: { catalogId: catalog.id, externalId: input.productId },
      include: { images: { select: { id: true } } },
    });
    if (!row) throw new AppError('not_found');
    const ids = row.images.map((image) => image.id);
    await tx.embedding.deleteMany({ where: { imageId: { in: ids } } });
    const { count } = await tx.product.deleteMany({ where: { id: row.id } });
    // Somebody else deleted it since it was read.
    if (count === 0) throw new AppError('not_found');
    const planned = await planSync(tx, ctx, { catalogId: catalog.id, productIds: [row.id] });
    await recordAudit(tx, ctx, {
      action: 'product.delete',
      subject: row.id,
      before: { product_id: row.externalId, title: row.title },
    });
    return { pending: planned, images: ids };
  });
  await syncNow(ctx, pending, 'interactive');
  await dropImageFiles(ctx, images);
}
