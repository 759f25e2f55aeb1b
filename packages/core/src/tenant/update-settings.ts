import { AppError } from '@likeness/contracts/errors';
import {
  parseTenantSettings,
  type TenantSettings,
  tenantSettingsSchema,
} from '@likeness/contracts/tenant-settings';
import { recordAudit } from '../audit/record-audit.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { shortenRetention } from '../query-image/shorten-retention.ts';

/**
 * Changes the settings that are given and leaves the rest; fewer hours of retention hold for photos kept already.
 * Errors: `forbidden`, `invalid_request`.
 */
export async function updateSettings(ctx: Ctx, input: Partial<TenantSettings>): Promise<TenantSettings> {
  requirePermission(ctx, 'tenant:write');
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const row = await tx.tenant.findUnique({ where: { id: ctx.tenantId } });
    if (!row) throw new AppError('not_found');
    const before = parseTenantSettings(row.settings);
    const parsed = tenantSettingsSchema.strict().safeParse({ ...before, ...input });
    if (!parsed.success)
      throw new AppError('invalid_request', {
        message: parsed.error.issues[0]?.message,
        cause: parsed.error,
      });
    await tx.tenant.update({ where: { id: ctx.tenantId }, data: { settings: parsed.data } });
    const hours = parsed.data.queryRetentionHours;
    if (hours < before.queryRetentionHours) await shortenRetention(tx, ctx, hours);
    await recordAudit(tx, ctx, {
      action: 'tenant.update_settings',
      subject: ctx.tenantId,
      before,
      after: parsed.data,
    });
    return parsed.data;
  });
}
