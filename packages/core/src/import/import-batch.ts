import type { Tx } from '@likeness/db/database';
import { dropImageFiles } from '../image/drop-image-files.ts';
import type { JobRun } from '../job/job-run.ts';
import { keepOnlyImages, type WantedPictures } from '../product/replace-images.ts';
import { type PendingSync, planSync, syncNow } from '../product/sync-soon.ts';
import type { ImageArchive } from './archive.ts';
import { type MergedProduct, mergeRows } from './merge-rows.ts';
import { isReject, type ProductRow, type Reject } from './product-row.ts';
import { type Taken, takeImages } from './take-images.ts';
import { fillProducts, knownImages, writeImages, writeProducts, writeRejects } from './write-batch.ts';

export type Batch = {
  rows: readonly (ProductRow | Reject)[];
  archive: ImageArchive | null;
  /** Products of earlier batches of this import, with how many pictures those named. */
  seen: ReadonlyMap<string, number>;
  /** What stands when the batch is done, its own pictures left out. */
  checkpoint: { rows: number; images: number; seconds: number };
  onShare(share: number): void;
};

/** A process that dies between the write and the live index leaves the rest to the job, so long later. */
const SYNC_FALLBACK_MS = 120_000;

/**
 * Takes the pictures of some rows and writes rows, pictures, rejects and checkpoint in one transaction; then brings the
 * products into the index versions that the catalog has. A product's first row in an import is an update, whose pictures are
 * all that it shall have (where each of them was found); later rows of it add what is missing.
 * Gives the number of pictures that the products now have from the batch.
 */
export async function importBatch(run: JobRun<'import-catalog'>, batch: Batch): Promise<number> {
  const { ctx, jobId } = run;
  const { db } = ctx.deps;
  const place = { tenantId: ctx.tenantId, catalogId: run.payload.catalogId };
  const rows = batch.rows.filter((row): row is ProductRow => !isReject(row));
  const { products: named, images: wanted } = mergeRows(rows, batch.seen);
  const ids = named.map((each) => each.productId);
  const known = await db.tenant(ctx.tenantId, (tx) => knownImages(tx, place, wanted.length > 0 ? ids : []));
  const onTaken = (done: number): void => batch.onShare(done / wanted.length);
  const taken = await takeImages(ctx, { wanted, archive: batch.archive, known, onTaken });
  const nothing = whollyRefused(rows, taken);
  const products = named.filter((each) => !nothing.has(each.productId));
  const images = taken.order.filter(({ sourceName }) => sourceName !== null).length;
  const { gone, pending } = await db.tenant(ctx.tenantId, async (tx) => {
    await run.assertLease(tx);
    const [first, later] = [
      products.filter((each) => !batch.seen.has(each.productId)),
      products.filter((each) => batch.seen.has(each.productId)),
    ];
    const written = await writeProducts(tx, place, first);
    for (const [name, id] of await fillProducts(tx, place, later)) written.set(name, id);
    const replaced = await writeImages(tx, place, { images: taken.images, products: written });
    const left = await keepOnlyImages(tx, ctx.tenantId, completeSets(first, taken, written));
    const flaws = rows.flatMap((row) => row.flaws);
    await writeRejects(tx, { ...place, jobId }, [...batch.rows.filter(isReject), ...flaws, ...taken.rejects]);
    await run.saveCheckpoint({ ...batch.checkpoint, images: batch.checkpoint.images + images }, tx);
    return { gone: [...replaced, ...left], pending: await plan(run, tx, [...written.values()]) };
  });
  if (pending) await syncNow(ctx, pending, 'bulk');
  await dropImageFiles(ctx, gone);
  return images;
}

/** Products that no table names, only their pictures do, and of which every picture was refused: there is nothing of them. */
function whollyRefused(rows: readonly ProductRow[], taken: Taken): ReadonlySet<string> {
  const refused = new Set(rows.flatMap(({ line, productId }) => (line === null ? [productId] : [])));
  for (const { productId, sourceName } of taken.order) if (sourceName !== null) refused.delete(productId);
  return refused;
}

/** The pictures of each product of which every picture that its rows name is there. */
function completeSets(
  products: readonly MergedProduct[],
  taken: Taken,
  written: ReadonlyMap<string, string>,
): WantedPictures[] {
  const names = Map.groupBy(taken.order, (each) => each.productId);
  return products.flatMap(({ productId }) => {
    const [id, mine = []] = [written.get(productId), names.get(productId)];
    const found = mine.flatMap(({ sourceName }) => sourceName ?? []);
    return id && found.length > 0 && found.length === mine.length ? [{ id, names: [...new Set(found)] }] : [];
  });
}

/** Nothing to do before the first version: it reads all products. */
async function plan(
  run: JobRun<'import-catalog'>,
  tx: Tx,
  productIds: string[],
): Promise<PendingSync | null> {
  const { catalogId } = run.payload;
  if (productIds.length === 0) return null;
  // A build that begins now either waits for these rows or is seen here.
  await tx.$queryRaw`SELECT 1 FROM catalogs WHERE id = ${catalogId} FOR SHARE`;
  const versions = await tx.indexVersion.count({
    where: { catalogId, state: { in: ['building', 'ready'] } },
  });
  if (versions === 0) return null;
  return planSync(tx, run.ctx, {
    catalogId,
    productIds,
    inlineMax: productIds.length,
    afterMs: SYNC_FALLBACK_MS,
  });
}
