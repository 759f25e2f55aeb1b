import { AppError } from '@likeness/contracts/errors';
import type { Ctx } from '../context.ts';
import { type CatalogView, toCatalogView } from './catalog-view.ts';
import { createCatalog } from './create-catalog.ts';

/**
 * The catalog that a caller means, by id or name; left out, the tenant's only one.
 * Errors: `not_found` (also for another tenant's), `catalog_required`.
 */
export async function resolveCatalog(ctx: Ctx, nameOrId: string | null | undefined): Promise<CatalogView> {
  const rows = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.catalog.findMany({
      where: { deletedAt: null, ...(nameOrId ? { OR: [{ id: nameOrId }, { name: nameOrId }] } : {}) },
      take: 2,
      orderBy: { createdAt: 'asc' },
    }),
  );
  if (!nameOrId && rows.length !== 1) throw catalogRequired(rows.length);
  const row = rows.find((each) => each.id === nameOrId) ?? rows[0];
  if (!row) throw new AppError('not_found', { message: 'There is no such catalog.' });
  return toCatalogView(row);
}

/** A caller named no catalog and the tenant has none, or several. */
export const catalogRequired = (catalogs: number): AppError =>
  catalogs > 0
    ? new AppError('catalog_required')
    : new AppError('catalog_required', {
        message: 'The tenant has no catalog yet.',
        hint: 'Import one first: POST /v1/catalogs/{name}/imports, or npx likeness import.',
      });

/** As `resolveCatalog`, but makes the catalog when there is none of this name (contract §2, `import C`). */
export async function resolveOrCreateCatalog(
  ctx: Ctx,
  name: string,
): Promise<{ catalog: CatalogView; isNew: boolean }> {
  try {
    return { catalog: await resolveCatalog(ctx, name), isNew: false };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_found' || name.startsWith('cat_')) throw error;
  }
  try {
    return { catalog: await createCatalog(ctx, { name }), isNew: true };
  } catch (clash) {
    if (!(clash instanceof AppError) || clash.code !== 'conflict') throw clash;
    return { catalog: await resolveCatalog(ctx, name), isNew: false };
  }
}
