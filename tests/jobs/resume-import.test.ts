import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { JobPayload } from '@likeness/contracts/jobs';
import type { Ctx } from '@likeness/core/context';
import { UPLOADS_KEPT_MS } from '@likeness/core/import/purge-uploads';
import { resumeImport } from '@likeness/core/import/resume-import';
import { runImport } from '@likeness/core/import/run-import';
import { startImport } from '@likeness/core/import/start-import';
import { cancelJob } from '@likeness/core/job/cancel-job';
import type { JobRun } from '@likeness/core/job/job-run';
import { schedulePurge } from '@likeness/core/job/schedule-purge';
import { purgeQueryImages } from '@likeness/core/query-image/purge-query-images';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openUploads } from '../../apps/web/src/server/public-api/steps/upload-sink.ts';
import { handlers } from '../support/small-shop.ts';
import { type Stack, startStack } from '../support/stack.ts';

const ROWS = 2300;
let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 60_000);
afterAll(() => stack?.stop());

async function begin(ctx: Ctx, table = tableOf(ROWS)): Promise<string> {
  const upload = await openUploads(ctx).take({ name: 'goods.csv', stream: Readable.from([table]) });
  const input = { catalog: 'shop', table: upload, archive: null, mapping: {} };
  return (await startImport(ctx, input)).jobId;
}
const tableOf = (rows: number): string =>
  ['product_id,title', ...Array.from({ length: rows }, (_, i) => `p${i},Good ${i}`)].join('\n');

const rowOf = (ctx: Ctx, id: string) =>
  ctx.deps.db.tenant(ctx.tenantId, (tx) => tx.job.findFirstOrThrow({ where: { id } }));
const filesOf = async (ctx: Ctx, id: string): Promise<boolean[]> => {
  const { tableKey } = (await rowOf(ctx, id)).payload as JobPayload<'import-catalog'>;
  return [tableKey].map((key) => key !== null && existsSync(ctx.deps.objects.localPath(key) ?? ''));
};

/** Runs the import as a worker does, until its first batch is in, and stops it there. */
async function stopAfterOneBatch(ctx: Ctx, jobId: string): Promise<void> {
  const job = await rowOf(ctx, jobId);
  const stop = new AbortController();
  const run: JobRun<'import-catalog'> = {
    ctx: { ...ctx, signal: stop.signal },
    jobId,
    attempt: 1,
    payload: job.payload as JobPayload<'import-catalog'>,
    checkpoint: null,
    saveCheckpoint: async (checkpoint, tx) => {
      await tx?.job.updateMany({ where: { id: jobId }, data: { checkpoint: checkpoint as object } });
      stop.abort(new Error('stopped'));
    },
    progress: () => {},
    assertLease: async () => {},
    signal: stop.signal,
  };
  await expect(runImport(run)).rejects.toThrow('stopped');
  await cancelJob(ctx, { jobId });
}

describe('an import that was stopped', () => {
  it('goes on after its last batch, as the same job, with the files it has', async () => {
    const ctx = await stack.tenant('goes on');
    const jobId = await begin(ctx);
    await expect(resumeImport(ctx, { jobId })).rejects.toMatchObject({ code: 'conflict' });
    await stopAfterOneBatch(ctx, jobId);
    expect(await filesOf(ctx, jobId)).toEqual([true]);
    expect(await resumeImport(ctx, { jobId })).toMatchObject({
      id: jobId,
      state: 'queued',
      cancelRequested: false,
    });
    const begun: number[] = [];
    const result = await stack.work(ctx, {
      ...handlers,
      'import-catalog': (run) => runImport({ ...run, progress: ({ done }) => void begun.push(done) }),
    });
    expect(begun[0]).toBe(1000);
    expect(result).toMatchObject({ products: ROWS, rejected: [] });
    expect(await ctx.deps.db.tenant(ctx.tenantId, (tx) => tx.product.count())).toBe(ROWS);
    await expect(resumeImport(ctx, { jobId })).rejects.toMatchObject({ code: 'conflict' });
  }, 60_000);

  it('keeps its files for a week, then they go and it cannot go on', async () => {
    const ctx = await stack.tenant('waits');
    const jobId = await begin(ctx);
    await stopAfterOneBatch(ctx, jobId);
    const purge = async (afterMs: number): Promise<number> => {
      const clock = { now: () => Date.now() + afterMs };
      const deps = { ...ctx.deps, clock };
      const asked = await schedulePurge(deps);
      const run = {
        ctx: { ...ctx, deps },
        signal: new AbortController().signal,
        progress: () => {},
        assertLease: async () => {},
      };
      await purgeQueryImages(run as unknown as JobRun<'purge-query-images'>);
      return asked;
    };
    expect(await purge(UPLOADS_KEPT_MS - 60_000)).toBe(0);
    expect(await filesOf(ctx, jobId)).toEqual([true]);
    expect(await purge(UPLOADS_KEPT_MS + 60_000)).toBeGreaterThan(0);
    expect(await filesOf(ctx, jobId)).toEqual([false]);
    await expect(resumeImport(ctx, { jobId })).rejects.toMatchObject({ code: 'upload_expired' });
  }, 60_000);

  it('is not found by another tenant, nor when its catalog is gone', async () => {
    const [mine, theirs] = [await stack.tenant('mine'), await stack.tenant('theirs')];
    const jobId = await begin(mine);
    await stopAfterOneBatch(mine, jobId);
    await expect(resumeImport(theirs, { jobId })).rejects.toMatchObject({ code: 'not_found' });
    await mine.deps.db.tenant(mine.tenantId, (tx) =>
      tx.catalog.updateMany({ data: { deletedAt: new Date() } }),
    );
    await expect(resumeImport(mine, { jobId })).rejects.toMatchObject({ code: 'not_found' });
  }, 60_000);

  it('leaves no file behind when its table can never be read', async () => {
    const ctx = await stack.tenant('unreadable');
    const jobId = await begin(ctx, 'title\nno id\n');
    const key = ((await rowOf(ctx, jobId)).payload as JobPayload<'import-catalog'>).tableKey ?? '';
    await expect(stack.work(ctx, handlers)).rejects.toMatchObject({ code: 'invalid_csv' });
    expect(await ctx.deps.objects.exists(key)).toBe(false);
  });
});
