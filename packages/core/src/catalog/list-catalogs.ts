import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { type CatalogView, toCatalogView } from './catalog-view.ts';

export type CatalogSummary = CatalogView & {
  products: number;
  images: number;
  covers: { id: string; displayKey: string }[];
};

/** The tenant's catalogs with their counts and a few pictures, oldest first. */
export async function listCatalogs(ctx: Ctx): Promise<CatalogSummary[]> {
  requirePermission(ctx, 'catalogs:read');
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const rows = await tx.catalog.findMany({
      where: { deletedAt: null },
      orderBy: { createdAt: 'asc' },
      include: { _count: { select: { products: true, images: true } } },
    });
    const covers = await Promise.all(
      rows.map((row) =>
        tx.image.findMany({
          where: { catalogId: row.id, position: 0 },
          orderBy: { id: 'asc' },
          take: 8,
          select: { id: true, displayKey: true },
        }),
      ),
    );
    return rows.map((row, i) => ({
      ...toCatalogView(row),
      products: row._count.products,
      images: row._count.images,
      covers: covers[i] ?? [],
    }));
  });
}
