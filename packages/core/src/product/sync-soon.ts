import type { Tx } from '@likeness/db/database';
import type { Ctx } from '../context.ts';
import { enqueueJob } from '../job/enqueue-job.ts';
import { syncProducts } from './sync-products.ts';

/** More products than this are left to the job at once: their writer should not wait for the encoder. */
const INLINE_MAX = 16;
const FALLBACK_AFTER_MS = 4000;

export type PendingSync = { jobId: string; catalogId: string; productIds: string[] };

/** In the transaction of the write: a job that will sync, whatever happens to this process. */
export async function planSync(
  tx: Tx,
  ctx: Ctx,
  input: { catalogId: string; productIds: string[] },
): Promise<PendingSync> {
  const inline = input.productIds.length <= INLINE_MAX;
  const { jobId } = await enqueueJob(tx, ctx, {
    kind: 'sync-products',
    payload: input,
    catalogId: input.catalogId,
    ...(inline ? { runAfter: new Date(ctx.deps.clock.now() + FALLBACK_AFTER_MS) } : {}),
  });
  return { jobId, ...input };
}

/** After the write: syncs here and now, and takes the job back; when that fails the job remains. */
export async function syncNow(ctx: Ctx, pending: PendingSync): Promise<void> {
  if (pending.productIds.length > INLINE_MAX) return;
  try {
    await syncProducts(ctx, { ...pending, lane: 'interactive' });
    await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
      tx.job.updateMany({
        where: { id: pending.jobId, state: 'queued' },
        data: { state: 'done', finishedAt: new Date(ctx.deps.clock.now()) },
      }),
    );
  } catch (error) {
    ctx.deps.log.warn(
      { err: error, jobId: pending.jobId },
      'products could not be indexed at once; the job will',
    );
  }
}
