import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { type IndexVersionView, toIndexVersionView } from './index-view.ts';

/** Versions of a catalog, newest first. */
export async function listIndexVersions(ctx: Ctx, input: { catalogId: string }): Promise<IndexVersionView[]> {
  requirePermission(ctx, 'catalogs:read');
  const rows = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.indexVersion.findMany({ where: { catalogId: input.catalogId }, orderBy: { number: 'desc' } }),
  );
  return rows.map(toIndexVersionView);
}
