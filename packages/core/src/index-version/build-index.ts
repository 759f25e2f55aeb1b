import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@likeness/contracts/errors';
import { asRequester } from '../job/as-requester.ts';
import type { JobRun } from '../job/job-run.ts';
import { refreshStatistics } from '../job/refresh-statistics.ts';
import { type IndexedImage, imagesAfter } from './engine-points.ts';
import { indexImages } from './index-images.ts';
import { promoteIndex } from './promote-index.ts';
import { resolveIndexVersion } from './resolve-index.ts';
import type { ResolvedIndex } from './resolved-index.ts';
import { prepareVectors } from './vectors-of-record.ts';

type Run = JobRun<'build-index'>;
type Failure = { image: string; code: string };
type Checkpoint = { after: string; done: number; failures: Failure[]; seconds: number };
export type BuildResult = {
  index_version: string;
  products: number;
  images: number;
  failed: Failure[];
  seconds: number;
};

const BATCH = 64;

/** The job `build-index`: a new version beside the live one; checkpointed by batch, so a killed build redoes at most one. */
export async function buildIndex(run: Run): Promise<BuildResult> {
  const index = await resolveIndexVersion(run.ctx, run.payload);
  const began = performance.now();
  const start = (run.checkpoint as Checkpoint | null) ?? { after: '', done: 0, failures: [], seconds: 0 };
  const seconds = (): number => start.seconds + (performance.now() - began) / 1000;
  try {
    await prepareCollection(run, index);
    const { failures } = await embedAll(run, index, { start, seconds });
    await refreshStatistics(run.ctx);
    const stats = await sealed(run, index);
    const result = {
      index_version: index.id,
      products: stats.products,
      images: stats.points,
      failed: failures,
      seconds: seconds(),
    };
    await finish(run, index, { ...result, checksum: stats.checksum });
    if (run.payload.promote && stats.points === 0 && failures.length > 0)
      throw new AppError('index_not_ready', {
        message: `None of the ${failures.length} pictures could be read: the version was not made live.`,
        hint: 'Look at the reasons, or build with another model; what was live is live still.',
      });
    if (run.payload.promote)
      await promoteIndex(await asRequester(run), { catalog: index.catalogId, indexVersionId: index.id });
    return result;
  } catch (error) {
    if (error instanceof AppError && error.status < 500 && error.code !== 'canceled')
      await markFailed(run, index);
    throw error;
  }
}

async function prepareCollection(run: Run, index: ResolvedIndex): Promise<void> {
  if (index.embedModel.manifest.task !== 'embed') throw new AppError('index_not_ready');
  await prepareVectors(run.ctx, index);
  await run.ctx.deps.engine.create(index.collection, index.embedModel.manifest.output.dims);
}

async function embedAll(
  run: Run,
  index: ResolvedIndex,
  how: { start: Checkpoint; seconds(): number },
): Promise<Checkpoint> {
  const { db } = run.ctx.deps;
  const total = await db.tenant(run.ctx.tenantId, (tx) =>
    tx.image.count({ where: { catalogId: index.catalogId } }),
  );
  let state = how.start;
  for (;;) {
    run.signal.throwIfAborted();
    run.progress({ phase: 'embed', done: state.done, total: Math.max(total, state.done) });
    const { images, failures } = await indexBatch(run, index, state.after);
    const last = images.at(-1);
    if (!last) return state;
    state = {
      after: last.id,
      done: state.done + images.length,
      failures: [...state.failures, ...failures],
      seconds: how.seconds(),
    };
    await run.saveCheckpoint(state);
  }
}

/**
 * Indexes the pictures after a mark as they stand. What is written or deleted while they are embedded has been put into
 * this version by its writer already, and what was read before would undo that: so it is read again, until nothing has changed.
 */
async function indexBatch(
  run: Run,
  index: ResolvedIndex,
  after: string,
): Promise<{ images: readonly IndexedImage[]; failures: Failure[] }> {
  const { db, engine } = run.ctx.deps;
  const read = (): Promise<IndexedImage[]> =>
    db.tenant(run.ctx.tenantId, (tx) => imagesAfter(tx, { catalogId: index.catalogId, after, take: BATCH }));
  let images = await read();
  for (;;) {
    run.signal.throwIfAborted();
    const failures = await indexImages(run.ctx, index, { images, lane: 'bulk' });
    const now = await read();
    if (isDeepStrictEqual(now, images)) return { images, failures };
    const there = new Set(now.map((image) => image.id));
    const ids = images.flatMap(({ id }) => (there.has(id) ? [] : [id]));
    if (ids.length > 0) await engine.delete(index.collection, { ids });
    images = now;
  }
}

/** Seals; products written meanwhile make the engine refuse, then it is tried again. */
async function sealed(
  run: Run,
  index: ResolvedIndex,
): Promise<{ products: number; points: number; checksum: string }> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await run.ctx.deps.engine.seal(index.collection);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'conflict' || attempt >= 4) throw error;
    }
  }
}

async function finish(
  run: Run,
  index: ResolvedIndex,
  result: BuildResult & { checksum: string },
): Promise<void> {
  const { products, images, failed, seconds, checksum } = result;
  await run.ctx.deps.db.tenant(run.ctx.tenantId, async (tx) => {
    await run.assertLease(tx);
    await tx.indexVersion.update({
      where: { tenantId_id: { tenantId: run.ctx.tenantId, id: index.id } },
      data: {
        state: 'ready',
        products,
        images,
        failures: failed,
        seconds,
        checksum,
        readyAt: new Date(run.ctx.deps.clock.now()),
      },
    });
  });
}

async function markFailed(run: Run, index: ResolvedIndex): Promise<void> {
  await run.ctx.deps.db.tenant(run.ctx.tenantId, (tx) =>
    tx.indexVersion.updateMany({ where: { id: index.id, state: 'building' }, data: { state: 'failed' } }),
  );
}
