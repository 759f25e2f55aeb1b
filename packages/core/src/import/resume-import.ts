import { AppError } from '@likeness/contracts/errors';
import { Prisma } from '@likeness/db/generated/client';
import { recordAudit } from '../audit/record-audit.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { type JobView, toJobView } from '../job/job-view.ts';
import { uploadsOf } from './uploads-of.ts';

/**
 * A stopped or failed import waits for a worker again and goes on after its last batch, as the same job.
 * Errors: `not_found` (no such import, or its catalog is gone), `conflict` (it runs or is done), `upload_expired` (its
 * files were purged).
 */
export async function resumeImport(ctx: Ctx, { jobId }: { jobId: string }): Promise<JobView> {
  requirePermission(ctx, 'catalogs:write');
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM jobs WHERE tenant_id = ${ctx.tenantId} AND id = ${jobId} FOR UPDATE`;
    const row = await tx.job.findFirst({ where: { id: jobId, kind: 'import-catalog' } });
    if (!row) throw new AppError('not_found');
    const catalog = await tx.catalog.findFirst({ where: { id: row.catalogId ?? '', deletedAt: null } });
    if (!catalog) throw new AppError('not_found', { message: 'The catalog of this import is gone.' });
    if (row.state !== 'canceled' && row.state !== 'failed')
      throw new AppError('conflict', { message: `This import is ${row.state}.` });
    const there = await Promise.all(uploadsOf(row.payload).map((key) => ctx.deps.objects.exists(key)));
    if (there.length === 0 || there.includes(false)) throw new AppError('upload_expired');
    const changed = await tx.job.update({
      where: { tenantId_id: { tenantId: ctx.tenantId, id: jobId } },
      data: {
        state: 'queued',
        attempt: 0,
        crashes: 0,
        runAfter: new Date(ctx.deps.clock.now()),
        cancelRequestedAt: null,
        finishedAt: null,
        error: Prisma.DbNull,
      },
    });
    await recordAudit(tx, ctx, { action: 'job.resume', subject: jobId, before: { state: row.state } });
    return toJobView(changed);
  });
}
