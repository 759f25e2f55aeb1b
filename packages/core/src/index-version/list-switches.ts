import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';

/** From `at` on, `versionId` was what shoppers got. */
export type LiveSwitch = { versionId: string; at: Date };

/** More than a timeline can show; a catalog that switches daily is covered for over a year. */
const SWITCHES_MAX = 500;

/** When which version of a catalog went live, oldest first: from the audit log, without who did it. */
export async function listSwitches(ctx: Ctx, input: { catalogId: string }): Promise<LiveSwitch[]> {
  requirePermission(ctx, 'catalogs:read');
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const versions = await tx.indexVersion.findMany({
      where: { catalogId: input.catalogId },
      select: { id: true },
    });
    const lines = await tx.auditEntry.findMany({
      where: { action: 'index.promote', subject: { in: versions.map(({ id }) => id) } },
      orderBy: { seq: 'desc' },
      take: SWITCHES_MAX,
      select: { subject: true, at: true },
    });
    return lines.toReversed().map(({ subject, at }) => ({ versionId: subject, at }));
  });
}
