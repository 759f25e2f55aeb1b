import { recordAudit } from '../audit/record-audit.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';

/**
 * Takes back a catalog that an import made and could then not fill: an empty one left behind would turn every call
 * that names no catalog into `catalog_required`. One in which anything happened meanwhile stays.
 */
export async function dropEmptyCatalog(ctx: Ctx, { catalogId }: { catalogId: string }): Promise<void> {
  requirePermission(ctx, 'catalogs:write');
  await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const dropped = await tx.$queryRaw<{ name: string }[]>`
      DELETE FROM catalogs c WHERE c.id = ${catalogId}
        AND NOT EXISTS (SELECT 1 FROM products WHERE tenant_id = c.tenant_id AND catalog_id = c.id)
        AND NOT EXISTS (SELECT 1 FROM index_versions WHERE tenant_id = c.tenant_id AND catalog_id = c.id)
        AND NOT EXISTS (SELECT 1 FROM test_sets WHERE tenant_id = c.tenant_id AND catalog_id = c.id)
        AND (SELECT count(*) FROM jobs WHERE tenant_id = c.tenant_id AND catalog_id = c.id AND state IN ('queued', 'running')) <= 1
      RETURNING name`;
    for (const { name } of dropped)
      await recordAudit(tx, ctx, { action: 'catalog.delete', subject: catalogId, before: { name } });
  });
}
