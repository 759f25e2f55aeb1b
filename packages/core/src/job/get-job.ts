import { AppError } from '@likeness/contracts/errors';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { type JobView, toJobView } from './job-view.ts';

/** One job of the tenant. Error: `not_found`. */
export async function getJob(ctx: Ctx, { jobId }: { jobId: string }): Promise<JobView> {
  requirePermission(ctx, 'jobs:read');
  const row = await ctx.deps.db.tenant(ctx.tenantId, (tx) => tx.job.findFirst({ where: { id: jobId } }));
  if (!row) throw new AppError('not_found');
  return toJobView(row);
}
