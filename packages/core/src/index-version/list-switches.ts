import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { listMembers } from '../member/memberships.ts';

/**
 * From `at` on, `versionId` was what shoppers got; `by` is the person who did it, null for a key, a job or the operator;
 * `reason` is what was said of a roll back. `act`: a publish, a roll back, or the undo of one.
 */
export type LiveSwitch = {
  versionId: string;
  at: Date;
  by: string | null;
  reason: string | null;
  act: 'published' | 'back' | 'undone';
};

/** More than a timeline can show; a catalog that switches daily is covered for over a year. */
const SWITCHES_MAX = 500;

/** When which version of a catalog went live, oldest first: from the audit log. */
export async function listSwitches(ctx: Ctx, input: { catalogId: string }): Promise<LiveSwitch[]> {
  requirePermission(ctx, 'catalogs:read');
  const lines = await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const versions = await tx.indexVersion.findMany({
      where: { catalogId: input.catalogId },
      select: { id: true },
    });
    return tx.auditEntry.findMany({
      where: {
        action: { in: ['index.promote', 'index.rollback'] },
        subject: { in: versions.map(({ id }) => id) },
      },
      orderBy: { seq: 'desc' },
      take: SWITCHES_MAX,
      select: { action: true, subject: true, at: true, actorType: true, actorId: true, after: true },
    });
  });
  const members = await listMembers(ctx);
  const nameOf = new Map(members.map(({ userId, name }) => [userId, name]));
  return lines.toReversed().map(({ action, subject, at, actorType, actorId, after }) => {
    const { reason = null, undoes } = (after ?? {}) as { reason?: string; undoes?: string };
    return {
      versionId: subject,
      at,
      by: (actorType === 'user' && nameOf.get(actorId)) || null,
      reason,
      act: action === 'index.rollback' ? 'back' : undoes ? 'undone' : 'published',
    };
  });
}
