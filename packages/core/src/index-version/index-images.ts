import { AppError } from '@likeness/contracts/errors';
import type { Lane } from '@likeness/contracts/inference';
import type { Ctx } from '../context.ts';
import { embedCatalogImage, type ImageVector } from './embed-image.ts';
import { type IndexedImage, toPoint } from './engine-points.ts';
import { fromHalfBytes, toHalfBytes } from './half-floats.ts';
import type { ResolvedIndex } from './resolved-index.ts';
import { storedVectors, storeVectors } from './vectors-of-record.ts';

const AT_ONCE = 4;

/**
 * Brings pictures into a version: vectors of record first (made when they are missing), then the engine.
 * Gives the pictures that could not be read. Errors: those of inference and engine that are not the picture's fault.
 */
export async function indexImages(
  ctx: Ctx,
  index: ResolvedIndex,
  how: { images: readonly IndexedImage[]; lane: Lane },
): Promise<{ image: string; code: string }[]> {
  const { db, engine } = ctx.deps;
  const stored = await db.tenant(ctx.tenantId, (tx) =>
    storedVectors(
      tx,
      index,
      how.images.map((image) => image.id),
    ),
  );
  const made = await embedMissing(ctx, index, {
    ...how,
    images: how.images.filter((image) => !stored.has(image.id)),
  });
  await db.tenant(ctx.tenantId, (tx) =>
    storeVectors(tx, { tenantId: ctx.tenantId, index, vectors: made.vectors }),
  );
  for (const [id, { vector }] of made.vectors) stored.set(id, fromHalfBytes(toHalfBytes(vector)));
  const ready = how.images.filter((image) => stored.has(image.id));
  if (ready.length > 0) {
    const dims = index.embedModel.manifest.task === 'embed' ? index.embedModel.manifest.output.dims : 0;
    const vectors = new Float32Array(ready.length * dims);
    for (const [i, image] of ready.entries()) vectors.set(stored.get(image.id) as Float32Array, i * dims);
    await engine.upsert(index.collection, { dims, points: ready.map(toPoint), vectors });
  }
  return made.failures;
}

type Made = { vectors: Map<string, ImageVector>; failures: { image: string; code: string }[] };

async function embedMissing(
  ctx: Ctx,
  index: ResolvedIndex,
  how: { images: readonly IndexedImage[]; lane: Lane },
): Promise<Made> {
  const made: Made = { vectors: new Map(), failures: [] };
  const queue = how.images.values();
  const work = async (): Promise<void> => {
    for (const image of queue) {
      ctx.signal?.throwIfAborted();
      try {
        const options = { lane: how.lane, signal: ctx.signal };
        made.vectors.set(
          image.id,
          await embedCatalogImage(ctx.deps, index, { originalKey: image.originalKey, options }),
        );
      } catch (error) {
        if (!(error instanceof AppError) || error.status >= 500 || error.code === 'canceled') throw error;
        made.failures.push({ image: image.sourceName, code: error.code });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return made;
}
