import { AppError } from '@likeness/contracts/errors';
import { resolveCatalog } from '../catalog/resolve-catalog.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { type ProductView, toProductView } from './product-view.ts';

/** A product by the retailer's id. Errors: `not_found`, `catalog_required`. */
export async function getProduct(
  ctx: Ctx,
  input: { catalog: string | null | undefined; productId: string },
): Promise<ProductView> {
  requirePermission(ctx, 'products:read');
  const catalog = await resolveCatalog(ctx, input.catalog);
  const row = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.product.findFirst({
      where: { catalogId: catalog.id, externalId: input.productId },
      include: { images: true },
    }),
  );
  if (!row) throw new AppError('not_found');
  return toProductView(row);
}
