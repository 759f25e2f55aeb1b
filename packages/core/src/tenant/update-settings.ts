import { isDeepStrictEqual } from 'node:util';
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

export type UpdateSettingsInput = Partial<TenantSettings> & {
  /** What the caller saw stored of what it changes; left out, its change holds whatever is stored. */
  basedOn?: Partial<TenantSettings> | undefined;
};

/**
 * Changes the settings that are given and leaves the rest; fewer hours of retention hold for photos kept already. With
 * `basedOn`, only where these are still stored: somebody else may have been faster.
 * Errors: `forbidden`, `invalid_request`, `conflict`.
 */
export async function updateSettings(
  ctx: Ctx,
  { basedOn, ...changes }: UpdateSettingsInput,
): Promise<TenantSettings> {
  requirePermission(ctx, 'tenant:write');
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    // Locked, so that of two at once the second is compared with what the first has stored.
    await tx.$queryRaw`SELECT 1 FROM tenants WHERE id = ${ctx.tenantId} FOR NO KEY UPDATE`;
    const row = await tx.tenant.findUnique({ where: { id: ctx.tenantId } });
    if (!row) throw new AppError('not_found');
    const before = parseTenantSettings(row.settings);
    const parsed = tenantSettingsSchema.strict().safeParse({ ...before, ...changes });
    if (!parsed.success)
      throw new AppError('invalid_request', {
        message: parsed.error.issues[0]?.message,
        cause: parsed.error,
      });
    if (basedOn) refuseWhatWasChanged({ before, after: parsed.data, basedOn });
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

/** A value that is stored already, by whomever, is no conflict. */
function refuseWhatWasChanged(settings: {
  before: TenantSettings;
  after: TenantSettings;
  basedOn: Partial<TenantSettings>;
}): void {
  const { before, after, basedOn } = settings;
  const fields = Object.keys(basedOn) as (keyof TenantSettings)[];
  const changed = fields.filter(
    (field) =>
      basedOn[field] !== undefined &&
      !isDeepStrictEqual(before[field], basedOn[field]) &&
      !isDeepStrictEqual(before[field], after[field]),
  );
  if (changed.length === 0) return;
  throw new AppError('conflict', {
    message: 'Somebody changed this while you did.',
    hint: 'Look at what is stored now, then decide again.',
  });
}
