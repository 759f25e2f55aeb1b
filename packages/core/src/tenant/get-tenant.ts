import { AppError } from '@likeness/contracts/errors';
import { parseTenantSettings, type TenantSettings } from '@likeness/contracts/tenant-settings';
import type { Ctx } from '../context.ts';

export type TenantView = {
  tenantId: string;
  name: string;
  slug: string;
  settings: TenantSettings;
  createdAt: Date;
};

/** The caller's own tenant with its settings, defaults filled in. Error: `not_found`. */
export async function getTenant(ctx: Ctx): Promise<TenantView> {
  const row = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.tenant.findUnique({ where: { id: ctx.tenantId } }),
  );
  if (!row) throw new AppError('not_found');
  const { id, name, slug, createdAt } = row;
  return { tenantId: id, name, slug, settings: parseTenantSettings(row.settings), createdAt };
}
