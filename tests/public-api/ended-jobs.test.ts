import { startEvaluation } from '@likeness/core/evaluation/start-evaluation';
import { promoteIndex, rollbackIndex } from '@likeness/core/index-version/promote-index';
import { startBuild } from '@likeness/core/index-version/start-build';
import { cancelJob } from '@likeness/core/job/cancel-job';
import { claimJob } from '@likeness/core/job/claim-job';
import { finishJob } from '@likeness/core/job/leased-writes';
import { createFromHeldOut } from '@likeness/core/test-set/create-from-held-out';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCode, openRestTenant, type RestAnswer, type RestTenant } from '../support/rest-client.ts';
import { openSmallShop } from '../support/small-shop.ts';

let { stack, rest, ctx, key } = {} as RestTenant;
let [catalog, live] = ['', ''];
beforeAll(async () => {
  ({ stack, rest, ctx, key } = await openRestTenant('stopping'));
  ({ catalogId: catalog, indexVersionId: live } = await openSmallShop(stack, ctx));
}, 120_000);
afterAll(() => stack?.stop());

const versionState = async (id: string): Promise<string> =>
  (await ctx.deps.db.tenant(ctx.tenantId, (tx) => tx.indexVersion.findFirstOrThrow({ where: { id } }))).state;
const evaluationState = async (id: string): Promise<string> =>
  (await ctx.deps.db.tenant(ctx.tenantId, (tx) => tx.evaluation.findFirstOrThrow({ where: { id } }))).state;

async function takeJob(jobId: string) {
  const job = await claimJob(ctx.deps.db, { kinds: ['build-index', 'evaluate-index'], suspects: false });
  expect(job?.lease.jobId).toBe(jobId);
  if (!job) throw new Error('no job waits');
  return job.lease;
}
const failed = { state: 'failed', error: { code: 'internal', message: 'm', hint: '' } } as const;

describe('what a job was to make does not wait for it for ever', () => {
  it('a build that is stopped while it waits, or fails, leaves no version that is being built', async () => {
    const waiting = await startBuild(ctx, { catalog });
    expect(await versionState(waiting.indexVersionId)).toBe('building');
    await cancelJob(ctx, { jobId: waiting.jobId });
    expect(await versionState(waiting.indexVersionId)).toBe('failed');
    for (const end of [{ state: 'canceled' } as const, failed]) {
      const started = await startBuild(ctx, { catalog });
      await finishJob(ctx.deps.db, await takeJob(started.jobId), end);
      expect(await versionState(started.indexVersionId)).toBe('failed');
    }
    expect(await versionState(live)).toBe('ready');
  });

  it('an evaluation ends as its job did', async () => {
    const set = await createFromHeldOut(ctx, { catalog, name: 'set', limit: 3 });
    const stopped = await startEvaluation(ctx, { catalog, testSetId: set.id, crop: 'auto' });
    await cancelJob(ctx, { jobId: stopped.jobId });
    expect(await evaluationState(stopped.evaluationId)).toBe('canceled');
    const broken = await startEvaluation(ctx, { catalog, testSetId: set.id, crop: 'auto' });
    await finishJob(ctx.deps.db, await takeJob(broken.jobId), failed);
    expect(await evaluationState(broken.evaluationId)).toBe('failed');
  });
});

describe('what an evaluation could only fail on is refused at once', () => {
  it('given boxes where no photo has one, an archive that is none, a table without product ids', async () => {
    const set = await createFromHeldOut(ctx, { catalog, name: 'plain', limit: 3 });
    await expect(startEvaluation(ctx, { catalog, testSetId: set.id, crop: 'given' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    const send = (table: string, images = 'no zip'): Promise<RestAnswer> => {
      const form = new FormData();
      form.set('queries', new Blob([table]), 'q.csv');
      form.set('images', new Blob([images]), 'images.zip');
      return rest.call('POST', `/v1/catalogs/${catalog}/evaluations`, { key, form });
    };
    expect(errorCode(await send('image,product_id\na.jpg,red\n'))).toBe('invalid_archive');
    expect(errorCode(await send('image\na.jpg\n'))).toBe('invalid_csv');
    const left = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
      tx.testSet.count({ where: { origin: 'uploaded' } }),
    );
    expect(left).toBe(0);
  });
});

describe('switching what is live', () => {
  it('is refused to who saw another version live', async () => {
    const error = { code: 'conflict' };
    await expect(
      promoteIndex(ctx, { catalog, indexVersionId: live, from: 'idx_other' }),
    ).rejects.toMatchObject(error);
    await expect(rollbackIndex(ctx, { catalog, from: 'idx_other' })).rejects.toMatchObject(error);
    expect(await promoteIndex(ctx, { catalog, indexVersionId: live, from: live })).toMatchObject({ live });
  });
});
