import { AppError } from '@likeness/contracts/errors';
import { dropEmptyCatalog } from '../catalog/drop-empty-catalog.ts';
import type { JobRun } from '../job/job-run.ts';
import { refreshStatistics } from '../job/refresh-statistics.ts';
import { ImageArchive } from './archive.ts';
import { rowsOfFolders } from './folder-rows.ts';
import { mergeRows } from './merge-rows.ts';
import { isReject, type ProductRow, type Reject } from './product-row.ts';
import { readTable } from './read-table.ts';
import { takeImages } from './take-images.ts';
import { knownImages, writeImages, writeProducts, writeRejects } from './write-batch.ts';

type Run = JobRun<'import-catalog'>;
type Checkpoint = { rows: number; images: number };
type Source = { rows(): AsyncIterable<ProductRow | Reject>; total: number; archive: ImageArchive | null };

export type ImportResult = {
  products: number;
  images: number;
  rejected: { line?: number; file?: string; code: string; message: string }[];
  seconds: number;
};

/** Rows of a batch; with pictures fewer, because a killed import does one batch again. */
const BATCH = { plain: 1000, pictures: 64 };
const REJECTS_SHOWN = 10_000;

/** The job `import-catalog`: row by row in batches, each with its checkpoint in one transaction. Importing again updates. */
export async function runImport(run: Run): Promise<ImportResult> {
  const began = performance.now();
  const source = await openSource(run).catch(async (error) => {
    const isInput = error instanceof AppError && error.status < 500 && error.code !== 'canceled';
    if (isInput && run.payload.madeCatalog) await dropEmptyCatalog(run.ctx, run.payload);
    throw error;
  });
  try {
    const done = await importRows(run, source);
    await refreshStatistics(run.ctx);
    const rejected = await listed(run);
    await dropUploads(run);
    return { ...done, rejected, seconds: (performance.now() - began) / 1000 };
  } finally {
    source.archive?.close();
  }
}

async function openSource(run: Run): Promise<Source> {
  const { tableKey, tableName, archiveKey, mapping } = run.payload;
  const { objects } = run.ctx.deps;
  const archive = archiveKey ? await ImageArchive.open(localFile(objects.localPath(archiveKey))) : null;
  if (tableKey) {
    const table = { file: localFile(objects.localPath(tableKey)), name: tableName ?? '', mapping };
    let total = 0;
    for await (const _row of readTable(table)) total += 1;
    return { rows: () => readTable(table), total, archive };
  }
  const rows = [...rowsOfFolders(archive?.pictures() ?? []), ...(archive?.others() ?? []).map(noPicture)];
  return { rows: () => toAsync(rows), total: rows.length, archive };
}

/** A file beside the pictures of a folder; a table would not have named it. */
const noPicture = (file: string): Reject => ({
  line: null,
  file,
  code: 'unsupported_image',
  message: 'This is no picture that we read: JPEG, PNG, WebP, AVIF or GIF.',
});

async function importRows(run: Run, source: Source): Promise<{ products: number; images: number }> {
  const start = (run.checkpoint as Checkpoint | null) ?? { rows: 0, images: 0 };
  const state = { ...start };
  const seen = new Set<string>();
  let batch: (ProductRow | Reject)[] = [];
  let index = 0;
  const tell = (done: number): void => run.progress({ phase: 'import', done, total: source.total });
  tell(start.rows);
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    state.images += await importBatch(run, {
      batch,
      archive: source.archive,
      checkpoint: { rows: index, images: state.images },
      // A row may have many pictures: the batch counts as far as its pictures are done.
      onShare: (share) => tell(state.rows + Math.floor(batch.length * share)),
    });
    state.rows = index;
    batch = [];
    tell(index);
  };
  const size = source.archive ? BATCH.pictures : BATCH.plain;
  for await (const row of source.rows()) {
    run.signal.throwIfAborted();
    if (!isReject(row)) seen.add(row.productId);
    index += 1;
    if (index <= start.rows) continue;
    batch.push(row);
    if (batch.length >= size) await flush();
  }
  await flush();
  return { products: seen.size, images: state.images };
}

/** Gives the number of pictures that the batch's products now have from it. */
async function importBatch(
  run: Run,
  input: {
    batch: (ProductRow | Reject)[];
    archive: ImageArchive | null;
    checkpoint: Checkpoint;
    onShare(share: number): void;
  },
): Promise<number> {
  const { ctx, jobId } = run;
  const { db } = ctx.deps;
  const place = { tenantId: ctx.tenantId, catalogId: run.payload.catalogId };
  const rows = input.batch.filter((row): row is ProductRow => !isReject(row));
  const flaws = rows.flatMap((row) => row.flaws);
  const { products, images: wanted } = mergeRows(rows);
  const ids = products.map((each) => each.productId);
  const known =
    wanted.length > 0
      ? await db.tenant(ctx.tenantId, (tx) => knownImages(tx, place, ids))
      : new Map<string, string>();
  const onTaken = (done: number): void => input.onShare(done / wanted.length);
  const taken = await takeImages(ctx, { wanted, archive: input.archive, known, onTaken });
  const images = taken.images.length + taken.kept;
  await db.tenant(ctx.tenantId, async (tx) => {
    await run.assertLease(tx);
    const written = await writeProducts(tx, place, products);
    await writeImages(tx, place, { images: taken.images, products: written });
    await writeRejects(tx, { ...place, jobId }, [
      ...input.batch.filter(isReject),
      ...flaws,
      ...taken.rejects,
    ]);
    await run.saveCheckpoint({ rows: input.checkpoint.rows, images: input.checkpoint.images + images }, tx);
  });
  return images;
}

async function listed(run: Run): Promise<ImportResult['rejected']> {
  const rows = await run.ctx.deps.db.tenant(run.ctx.tenantId, (tx) =>
    tx.importReject.findMany({
      where: { jobId: run.jobId },
      orderBy: [{ line: 'asc' }, { id: 'asc' }],
      take: REJECTS_SHOWN,
    }),
  );
  return rows.map(({ line, file, code, message }) => ({
    ...(line === null ? {} : { line }),
    ...(file === null ? {} : { file }),
    code,
    message,
  }));
}

async function dropUploads(run: Run): Promise<void> {
  const { tableKey, archiveKey } = run.payload;
  for (const key of [tableKey, archiveKey]) if (key) await run.ctx.deps.objects.delete(key);
}

function localFile(file: string | null): string {
  if (file) return file;
  throw new AppError('internal', { message: 'uploads must lie in a local object store' });
}

async function* toAsync<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}
