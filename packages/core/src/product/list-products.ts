import { resolveCatalog } from '../catalog/resolve-catalog.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { likePattern } from './like-pattern.ts';
import { type ProductView, toProductView } from './product-view.ts';

export type ProductPage = { products: ProductView[]; total: number; next: string | null };

/** Products of a catalog by id, a page at a time; `query` finds in title, id and category. */
export async function listProducts(
  ctx: Ctx,
  input: {
    catalog: string | null | undefined;
    query?: string | undefined;
    category?: string | undefined;
    after?: string | undefined;
    take: number;
  },
): Promise<ProductPage> {
  requirePermission(ctx, 'products:read');
  const catalog = await resolveCatalog(ctx, input.catalog);
  const words = likePattern(input.query ?? '');
  const contains = words ? { contains: words, mode: 'insensitive' as const } : null;
  const where = {
    catalogId: catalog.id,
    ...(input.category ? { category: input.category } : {}),
    ...(contains ? { OR: [{ title: contains }, { externalId: contains }, { category: contains }] } : {}),
  };
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const rows = await tx.product.findMany({
      where: { ...where, ...(input.after ? { id: { gt: input.after } } : {}) },
      orderBy: { id: 'asc' },
      take: input.take + 1,
      include: { images: true },
    });
    const total = await tx.product.count({ where });
    const products = rows.slice(0, input.take).map(toProductView);
    return { products, total, next: rows.length > input.take ? (products.at(-1)?.id ?? null) : null };
  });
}
