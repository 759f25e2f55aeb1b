import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { auditHash } from './audit-hash.ts';

const PAGE = 1000;

export type AuditVerdict = {
  entries: number;
  /** `seq` of the first line that was changed, removed or inserted; null when the chain is whole. */
  brokenAt: number | null;
};

/** Walks the tenant's audit chain from its first line. */
export async function verifyAudit(ctx: Ctx): Promise<AuditVerdict> {
  requirePermission(ctx, 'audit:read');
  let hash = '';
  let seq = 0;
  for (;;) {
    const lines = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
      tx.auditEntry.findMany({ where: { seq: { gt: seq } }, orderBy: { seq: 'asc' }, take: PAGE }),
    );
    for (const line of lines) {
      hash = auditHash(hash, line);
      if (line.seq !== seq + 1 || line.hash !== hash) return { entries: seq, brokenAt: seq + 1 };
      seq = line.seq;
    }
    if (lines.length < PAGE) return { entries: seq, brokenAt: null };
  }
}
