import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import type { AuditLine } from './audit-hash.ts';

/** Lines of the audit log, newest first; `beforeSeq` goes on where a page ended. At most 200. */
export async function listAudit(
  ctx: Ctx,
  input: { limit?: number; beforeSeq?: number } = {},
): Promise<AuditLine[]> {
  requirePermission(ctx, 'audit:read');
  return ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.auditEntry.findMany({
      where: input.beforeSeq ? { seq: { lt: input.beforeSeq } } : {},
      orderBy: { seq: 'desc' },
      take: Math.min(input.limit ?? 50, 200),
      omit: { hash: true },
    }),
  );
}
