import { AppError } from '@likeness/contracts/errors';
import type { Role } from '@likeness/contracts/permissions';
import type { Tx } from '@likeness/db/database';
import { recordAudit } from '../audit/record-audit.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';

/** Changes what a member may do; from their next request on. Errors: `not_found`, `last_owner`. */
export async function changeRole(ctx: Ctx, input: { userId: string; role: Role }): Promise<void> {
  requirePermission(ctx, 'members:write');
  await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const { role: before } = await lockMember(tx, ctx, input.userId);
    if (before === input.role) return;
    if (before === 'owner') await requireAnotherOwner(tx, input.userId);
    await tx.membership.update({ where: idOf(ctx, input.userId), data: { role: input.role } });
    await recordAudit(tx, ctx, {
      action: 'member.change_role',
      subject: input.userId,
      before: { role: before },
      after: { role: input.role },
    });
  });
}

/** Takes a person's seat away; their next request finds nothing. Errors: `not_found`, `last_owner`. */
export async function removeMember(ctx: Ctx, input: { userId: string }): Promise<void> {
  requirePermission(ctx, 'members:write');
  await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const { role } = await lockMember(tx, ctx, input.userId);
    if (role === 'owner') await requireAnotherOwner(tx, input.userId);
    await tx.membership.delete({ where: idOf(ctx, input.userId) });
    await recordAudit(tx, ctx, { action: 'member.remove', subject: input.userId, before: { role } });
  });
}

const idOf = ({ tenantId }: Ctx, userId: string) => ({ tenantId_userId: { tenantId, userId } });

/** Two owners who remove each other at the same time take turns here. */
async function lockMember(tx: Tx, ctx: Ctx, userId: string): Promise<{ role: string }> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`members ${ctx.tenantId}`}, 0))`;
  const row = await tx.membership.findUnique({ where: idOf(ctx, userId), select: { role: true } });
  if (!row) throw new AppError('not_found');
  return row;
}

async function requireAnotherOwner(tx: Tx, userId: string): Promise<void> {
  const others = await tx.membership.count({ where: { role: 'owner', userId: { not: userId } } });
  if (others === 0) throw new AppError('last_owner');
}
