import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';

export type ProductCover = { productId: string; title: string; displayKey: string | null };

/** Title and first picture of products by the retailer's ids; unknown ids are left out. At most 1,000. */
export async function findCovers(
  ctx: Ctx,
  input: { catalogId: string; productIds: string[] },
): Promise<Map<string, ProductCover>> {
  requirePermission(ctx, 'products:read');
  const wanted = [...new Set(input.productIds)].slice(0, 1000);
  const rows = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.product.findMany({
      where: { catalogId: input.catalogId, externalId: { in: wanted } },
      select: {
        externalId: true,
        title: true,
        images: { orderBy: [{ position: 'asc' }, { id: 'asc' }], take: 1, select: { displayKey: true } },
      },
    }),
  );
  return new Map(
    rows.map(({ externalId, title, images }) => [
      externalId,
      { productId: externalId, title: title || externalId, displayKey: images[0]?.displayKey ?? null },
    ]),
  );
}
