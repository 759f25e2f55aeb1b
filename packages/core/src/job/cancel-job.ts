import { AppError } from '@likeness/contracts/errors';
import { recordAudit } from '../audit/record-audit.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { endWhatItMade } from './end-what-it-made.ts';
import { isOver, type JobView, toJobView } from './job-view.ts';

/**
 * Cancels a job: one that waits is over at once, one that runs within 3 s. A job that is over stays as it is.
 * Error: `not_found`.
 */
export async function cancelJob(ctx: Ctx, { jobId }: { jobId: string }): Promise<JobView> {
  requirePermission(ctx, 'catalogs:write');
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM jobs WHERE tenant_id = ${ctx.tenantId} AND id = ${jobId} FOR UPDATE`;
    const row = await tx.job.findFirst({ where: { id: jobId } });
    if (!row) throw new AppError('not_found');
    const view = toJobView(row);
    if (isOver(view.state) || view.cancelRequested) return view;
    const now = new Date();
    const isWaiting = view.state === 'queued';
    const changed = await tx.job.update({
      where: { tenantId_id: { tenantId: ctx.tenantId, id: jobId } },
      data: { cancelRequestedAt: now, ...(isWaiting ? { state: 'canceled', finishedAt: now } : {}) },
    });
    if (isWaiting) await endWhatItMade(tx, jobId, 'canceled');
    await recordAudit(tx, ctx, { action: 'job.cancel', subject: jobId, before: { state: view.state } });
    return toJobView(changed);
  });
}
