import type { SystemCtx } from '../context.ts';
import { requireOperator } from './require-operator.ts';
import { slugOf } from './slug-of.ts';

/** The tenant of this id, name or slug, or null. For the operator alone. */
export async function findTenant(
  ctx: SystemCtx,
  { nameOrId }: { nameOrId: string },
): Promise<{ tenantId: string; name: string; slug: string } | null> {
  requireOperator(ctx);
  const rows = await ctx.deps.db.system((tx) =>
    tx.tenant.findMany({ where: { OR: [{ id: nameOrId }, { name: nameOrId }, { slug: slugOf(nameOrId) }] } }),
  );
  const found =
    rows.find((row) => row.id === nameOrId) ?? rows.find((row) => row.name === nameOrId) ?? rows[0];
  return found ? { tenantId: found.id, name: found.name, slug: found.slug } : null;
}

/** The tenant that the operator means when none is named: the oldest one; null when there is none yet. */
export async function findDefaultTenant(ctx: SystemCtx): Promise<{ tenantId: string } | null> {
  requireOperator(ctx);
  const row = await ctx.deps.db.system((tx) =>
    tx.tenant.findFirst({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], select: { id: true } }),
  );
  return row && { tenantId: row.id };
}
