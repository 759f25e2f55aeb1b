import type { Lane } from '@likeness/contracts/inference';
import type { Tx } from '@likeness/db/database';
import type { Ctx } from '../context.ts';
import { enqueueJob } from '../job/enqueue-job.ts';
import { syncProducts } from './sync-products.ts';

/** More products than this are left to the job at once: their writer should not wait for the encoder. */
const INLINE_MAX = 16;
const FALLBACK_AFTER_MS = 4000;

export type PendingSync = { jobId: string; catalogId: string; productIds: string[]; isInline: boolean };

/**
 * In the transaction of the write: a job that will sync, whatever happens to this process. Up to `inlineMax` products are
 * synced by their writer; the job then waits for `afterMs`.
 */
export async function planSync(
  tx: Tx,
  ctx: Ctx,
  input: { catalogId: string; productIds: string[]; inlineMax?: number; afterMs?: number },
): Promise<PendingSync> {
  const { catalogId, productIds, inlineMax = INLINE_MAX, afterMs = FALLBACK_AFTER_MS } = input;
  const isInline = productIds.length <= inlineMax;
  const { jobId } = await enqueueJob(tx, ctx, {
    kind: 'sync-products',
    payload: { catalogId, productIds },
    catalogId,
    ...(isInline ? { runAfter: new Date(ctx.deps.clock.now() + afterMs) } : {}),
  });
  return { jobId, catalogId, productIds, isInline };
}

/** After the write: syncs here and now, and takes the job back; when that fails the job remains. */
export async function syncNow(ctx: Ctx, pending: PendingSync, lane: Lane): Promise<void> {
  const { jobId, catalogId, productIds, isInline } = pending;
  if (!isInline) return;
  try {
    await syncProducts(ctx, { catalogId, productIds, lane });
    await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
      tx.job.updateMany({
        where: { id: jobId, state: 'queued' },
        data: { state: 'done', finishedAt: new Date(ctx.deps.clock.now()) },
      }),
    );
  } catch (error) {
    ctx.deps.log.warn({ err: error, jobId }, 'products could not be indexed at once; the job will');
  }
}
