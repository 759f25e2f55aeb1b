import { AppError } from '@likeness/contracts/errors';
import { recordAudit } from '../audit/record-audit.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { insertKey } from './create-key.ts';
import { boundsOf, requireWithin } from './key-bounds.ts';
import { type KeyView, toKeyView } from './key-view.ts';

/** Keys of the tenant, newest first. */
export async function listKeys(ctx: Ctx): Promise<KeyView[]> {
  if (!ctx.actor.permissions.has('keys:read')) requirePermission(ctx, 'keys:write');
  const rows = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.apiKey.findMany({ orderBy: { createdAt: 'desc' } }),
  );
  return rows.map(toKeyView);
}

/** Ends a key; within 10 s no process accepts it. Revoking again changes nothing. Errors: `not_found`. */
export async function revokeKey(ctx: Ctx, input: { keyId: string }): Promise<KeyView> {
  requirePermission(ctx, 'keys:write');
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const row = await tx.apiKey.findFirst({ where: { id: input.keyId } });
    if (!row) throw new AppError('not_found');
    if (row.revokedAt) return toKeyView(row);
    const where = { tenantId_id: { tenantId: ctx.tenantId, id: row.id } };
    const revoked = await tx.apiKey.update({ where, data: { revokedAt: new Date(ctx.deps.clock.now()) } });
    await recordAudit(tx, ctx, { action: 'key.revoke', subject: row.id, before: { name: row.name } });
    return toKeyView(revoked);
  });
}

/**
 * A new key with the same rights; the old one works on for `graceSeconds` (at most until its own expiry).
 * A key that has ended, or was rotated already, is refused: what it handed out would end with it.
 * Errors: `not_found`, `conflict`; `forbidden` where the caller is a key with less.
 */
export async function rotateKey(
  ctx: Ctx,
  input: { keyId: string; graceSeconds: number },
): Promise<{ apiKey: string; key: KeyView }> {
  requirePermission(ctx, 'keys:write');
  const now = ctx.deps.clock.now();
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const row = await tx.apiKey.findFirst({ where: { id: input.keyId } });
    if (!row) throw new AppError('not_found');
    refuseEnded(row, now);
    for (const scope of row.scopes) requirePermission(ctx, scope as Parameters<typeof requirePermission>[1]);
    requireWithin(await boundsOf(tx, ctx), row);
    const made = await insertKey(tx, ctx, {
      name: row.name,
      scopes: row.scopes,
      ratePerSecond: row.ratePerSecond,
      burst: row.burst,
      expiresAt: row.expiresAt,
    });
    const end = new Date(
      Math.min(now + input.graceSeconds * 1000, row.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY),
    );
    await tx.apiKey.update({
      where: { tenantId_id: { tenantId: ctx.tenantId, id: row.id } },
      data: { expiresAt: end, replacedById: made.key.id },
    });
    await recordAudit(tx, ctx, {
      action: 'key.rotate',
      subject: row.id,
      after: { replaced_by: made.key.id, grace_seconds: input.graceSeconds },
    });
    return made;
  });
}

function refuseEnded(
  row: { revokedAt: Date | null; replacedById: string | null; expiresAt: Date | null },
  now: number,
): void {
  if (row.revokedAt) throw new AppError('conflict', { message: 'The key was revoked.' });
  if (row.replacedById)
    throw new AppError('conflict', {
      message: `The key was rotated already; ${row.replacedById} took its place.`,
      hint: 'Rotate that key instead: it gets a new secret, and the one that was never seen can be revoked.',
    });
  if (row.expiresAt && row.expiresAt.getTime() <= now)
    throw new AppError('conflict', { message: 'The key has expired.', hint: 'Make a new key.' });
}
