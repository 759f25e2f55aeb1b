import type { Ctx } from '../context.ts';
import { imagesAfter } from './engine-points.ts';
import { indexImages } from './index-images.ts';
import type { ResolvedIndex } from './resolved-index.ts';

const restoring = new Map<string, Promise<void>>();
const BATCH = 256;

/**
 * Makes a lost collection again from the vectors of record, without embedding anything that was embedded before
 * (property 35). Calls for the same collection share one run.
 */
export function restoreCollection(ctx: Ctx, index: ResolvedIndex): Promise<void> {
  const running = restoring.get(index.collection);
  if (running) return running;
  const run = restore(ctx, index).finally(() => restoring.delete(index.collection));
  restoring.set(index.collection, run);
  return run;
}

async function restore(ctx: Ctx, index: ResolvedIndex): Promise<void> {
  if (index.embedModel.manifest.task !== 'embed') return;
  const { engine, db } = ctx.deps;
  await engine.create(index.collection, index.embedModel.manifest.output.dims);
  for (let after = ''; ; ) {
    const images = await db.tenant(ctx.tenantId, (tx) =>
      imagesAfter(tx, { catalogId: index.catalogId, after, take: BATCH }),
    );
    const last = images.at(-1);
    if (!last) break;
    await indexImages(ctx, index, { images, lane: 'bulk' });
    after = last.id;
  }
  await engine.seal(index.collection);
  ctx.deps.log.warn({ collection: index.collection }, 'collection restored from the vectors of record');
}
