import type { JobKind, JobState } from '@likeness/contracts/jobs';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { type JobView, toJobView } from './job-view.ts';

export type ListJobsInput = { catalogId?: string; states?: JobState[]; kinds?: JobKind[]; limit?: number };

/** The tenant's jobs, newest first; at most 200. */
export async function listJobs(ctx: Ctx, input: ListJobsInput = {}): Promise<JobView[]> {
  requirePermission(ctx, 'jobs:read');
  const rows = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.job.findMany({
      where: {
        ...(input.catalogId ? { catalogId: input.catalogId } : {}),
        ...(input.states ? { state: { in: input.states } } : {}),
        ...(input.kinds ? { kind: { in: input.kinds } } : {}),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: Math.min(input.limit ?? 50, 200),
    }),
  );
  return rows.map(toJobView);
}
