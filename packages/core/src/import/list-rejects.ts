import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import type { Reject } from './product-row.ts';

/** Rows that an import refused, in the order of the table. */
export async function listRejects(ctx: Ctx, input: { jobId: string; limit: number }): Promise<Reject[]> {
  requirePermission(ctx, 'catalogs:read');
  return ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.importReject.findMany({
      where: { jobId: input.jobId },
      orderBy: [{ line: 'asc' }, { id: 'asc' }],
      take: input.limit,
      select: { line: true, file: true, code: true, message: true },
    }),
  );
}
