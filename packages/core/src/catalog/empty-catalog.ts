import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@likeness/contracts/errors';
import type { Tx } from '@likeness/db/database';
import type { JobRun } from '../job/job-run.ts';

type Run = JobRun<'delete-catalog'>;
export type EmptiedCatalog = { catalog: string; products: number; images: number };

const BATCH = 500;
const LOOK_MS = 300;

/** The job `delete-catalog`: everything that a deleted catalog held, in batches; what a killed run took away stays gone. */
export async function emptyCatalog(run: Run): Promise<EmptiedCatalog> {
  const { ctx, payload } = run;
  const { catalogId } = payload;
  await endOtherJobs(run);
  const inTenant = <T>(fn: (tx: Tx) => Promise<T>): Promise<T> =>
    ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
      await run.assertLease(tx);
      return fn(tx);
    });
  for (const { id, collection } of await inTenant((tx) =>
    tx.indexVersion.findMany({ where: { catalogId } }),
  )) {
    await ctx.deps.engine.drop(collection).catch(ignoreMissing);
    await inTenant((tx) => tx.indexVersion.deleteMany({ where: { id } }));
  }
  const images = await dropImages(run, inTenant);
  await dropTestSets(run, inTenant);
  const products = await inTenant(async (tx) => {
    const evaluations = await tx.evaluation.findMany({ where: { catalogId }, select: { id: true } });
    const ids = evaluations.map((each) => each.id);
    await tx.evaluationAnswer.deleteMany({ where: { evaluationId: { in: ids } } });
    await tx.evaluation.deleteMany({ where: { catalogId } });
    await tx.importReject.deleteMany({ where: { catalogId } });
    const gone = await tx.product.deleteMany({ where: { catalogId } });
    await tx.catalog.deleteMany({ where: { id: catalogId } });
    return gone.count;
  });
  return { catalog: catalogId, products, images };
}

/** What was asked for in the same moment as the deletion must not write into what is being taken away. */
async function endOtherJobs({ ctx, jobId, payload, signal }: Run): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const running = await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
      const others = { catalogId: payload.catalogId, id: { not: jobId } };
      const now = new Date(ctx.deps.clock.now());
      await tx.job.updateMany({
        where: { ...others, state: 'queued' },
        data: { state: 'canceled', cancelRequestedAt: now, finishedAt: now },
      });
      await tx.job.updateMany({
        where: { ...others, state: 'running', cancelRequestedAt: null },
        data: { cancelRequestedAt: now },
      });
      return tx.job.count({ where: { ...others, state: 'running' } });
    });
    if (running === 0) return;
    await sleep(LOOK_MS, undefined, { signal });
  }
}

type InTenant = <T>(fn: (tx: Tx) => Promise<T>) => Promise<T>;

/** Files first: a row that is left names its files again, a file without a row would stay for ever. */
async function dropImages({ ctx, payload, signal, progress }: Run, inTenant: InTenant): Promise<number> {
  const where = { catalogId: payload.catalogId };
  const total = await inTenant((tx) => tx.image.count({ where }));
  for (let done = 0; ; ) {
    signal.throwIfAborted();
    progress({ phase: 'delete', done, total: Math.max(total, done) });
    const rows = await inTenant((tx) => tx.image.findMany({ where, select: { id: true }, take: BATCH }));
    if (rows.length === 0) return done;
    const ids = rows.map((row) => row.id);
    for (const id of ids) await ctx.deps.objects.deletePrefix(`t/${ctx.tenantId}/images/${id}`);
    await inTenant(async (tx) => {
      await tx.embedding.deleteMany({ where: { imageId: { in: ids } } });
      await tx.image.deleteMany({ where: { id: { in: ids } } });
    });
    done += ids.length;
  }
}

async function dropTestSets({ ctx, payload, signal }: Run, inTenant: InTenant): Promise<void> {
  const where = { testSet: { catalogId: payload.catalogId } };
  for (;;) {
    signal.throwIfAborted();
    const select = { id: true, imageId: true };
    const rows = await inTenant((tx) => tx.testQuery.findMany({ where, select, take: BATCH }));
    if (rows.length === 0) break;
    const ids = rows.map((row) => row.id);
    for (const { id, imageId } of rows) {
      await ctx.deps.objects.deletePrefix(`t/${ctx.tenantId}/test-queries/${id}`);
      // A held-out picture outlives its product for the sake of the set.
      if (imageId) await ctx.deps.objects.deletePrefix(`t/${ctx.tenantId}/images/${imageId}`);
    }
    await inTenant((tx) => tx.testQuery.deleteMany({ where: { id: { in: ids } } }));
  }
  await inTenant((tx) => tx.testSet.deleteMany({ where: { catalogId: payload.catalogId } }));
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
}
