import { AppError } from '@likeness/contracts/errors';
import { recordAudit } from '../audit/record-audit.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { forgetLiveIndexes } from '../index-version/resolve-index.ts';
import { enqueueJob } from '../job/enqueue-job.ts';
import { resolveCatalog } from './resolve-catalog.ts';

/**
 * Deletes a catalog: nobody finds it or its goods any more, and its name is free; a job takes away what it held.
 * Ledger, audit and what searches showed stay. Errors: `not_found`; `conflict` while a job works in it.
 */
export async function deleteCatalog(
  ctx: Ctx,
  input: { catalog: string },
): Promise<{ catalogId: string; name: string; jobId: string }> {
  requirePermission(ctx, 'catalogs:write');
  const { id, name } = await resolveCatalog(ctx, input.catalog);
  const jobId = await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const rows = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM catalogs WHERE id = ${id} AND deleted_at IS NULL FOR UPDATE`;
    if (rows.length === 0) throw new AppError('not_found', { message: 'There is no such catalog.' });
    const busy = await tx.job.findFirst({
      where: { catalogId: id, state: { in: ['queued', 'running'] } },
      select: { id: true, kind: true },
    });
    if (busy)
      throw new AppError('conflict', {
        message: `The job ${busy.id} (${busy.kind}) works in the catalog ${name}.`,
        hint: 'Wait until it is done, or cancel it.',
      });
    await tx.catalog.update({
      where: { tenantId_id: { tenantId: ctx.tenantId, id } },
      data: {
        deletedAt: new Date(ctx.deps.clock.now()),
        name: id,
        liveIndexVersionId: null,
        previousIndexVersionId: null,
      },
    });
    await recordAudit(tx, ctx, { action: 'catalog.delete', subject: id, before: { name } });
    const made = await enqueueJob(tx, ctx, {
      kind: 'delete-catalog',
      payload: { catalogId: id },
      catalogId: id,
    });
    return made.jobId;
  });
  forgetLiveIndexes(ctx.tenantId);
  return { catalogId: id, name, jobId };
}
