import { AppError } from '@likeness/contracts/errors';
import { dropEmptyCatalog } from '../catalog/drop-empty-catalog.ts';
import type { JobRun } from '../job/job-run.ts';
import { refreshStatistics } from '../job/refresh-statistics.ts';
import { ImageArchive } from './archive.ts';
import { rowsOfFolders } from './folder-rows.ts';
import { importBatch } from './import-batch.ts';
import { isReject, type ProductRow, type Reject } from './product-row.ts';
import { readTable } from './read-table.ts';
import { uploadsOf } from './uploads-of.ts';

type Run = JobRun<'import-catalog'>;
type Checkpoint = { rows: number; images: number; seconds?: number };
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
  const before = (run.checkpoint as Checkpoint | null)?.seconds ?? 0;
  const began = performance.now();
  const seconds = (): number => before + (performance.now() - began) / 1000;
  const source = await openSource(run).catch(async (error) => {
    const isInput = error instanceof AppError && error.status < 500 && error.code !== 'canceled';
    if (isInput && run.payload.madeCatalog) await dropEmptyCatalog(run.ctx, run.payload);
    if (isInput) await dropUploads(run); // the same files would fail again
    throw error;
  });
  try {
    const done = await importRows(run, source, seconds);
    await refreshStatistics(run.ctx);
    const rejected = await listed(run);
    await dropUploads(run);
    return { ...done, rejected, seconds: seconds() };
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
    const refused = (archive?.refused() ?? []).map(noPath);
    return { rows: () => chain(readTable(table), refused), total: total + refused.length, archive };
  }
  const rows = [
    ...rowsOfFolders(archive?.pictures() ?? [], run.payload.folders),
    ...(archive?.others() ?? []).map(noPicture),
    ...(archive?.refused() ?? []).map(noPath),
  ];
  return { rows: () => chain([], rows), total: rows.length, archive };
}

const noPath = (file: string): Reject => ({
  line: null,
  file,
  code: 'path_refused',
  message: 'A file whose path is absolute, leads upwards or is a link is not taken.',
});

/** A file beside the pictures of a folder; a table would not have named it. */
const noPicture = (file: string): Reject => ({
  line: null,
  file,
  code: 'unsupported_image',
  message: 'This is no picture that we read: JPEG, PNG, WebP, AVIF or GIF.',
});

async function importRows(
  run: Run,
  source: Source,
  seconds: () => number,
): Promise<{ products: number; images: number }> {
  const start = (run.checkpoint as Checkpoint | null) ?? { rows: 0, images: 0 };
  const state = { ...start };
  const seen = new Map<string, number>();
  const see = (row: ProductRow | Reject): void => {
    if (!isReject(row)) seen.set(row.productId, (seen.get(row.productId) ?? 0) + row.images.length);
  };
  let rows: (ProductRow | Reject)[] = [];
  let index = 0;
  const tell = (done: number): void => run.progress({ phase: 'import', done, total: source.total });
  tell(start.rows);
  const flush = async (): Promise<void> => {
    if (rows.length === 0) return;
    const count = rows.length;
    state.images += await importBatch(run, {
      rows,
      archive: source.archive,
      seen,
      checkpoint: { rows: index, images: state.images, seconds: seconds() },
      // A row may have many pictures: the batch counts as far as its pictures are done.
      onShare: (share) => tell(state.rows + Math.floor(count * share)),
    });
    for (const row of rows) see(row);
    state.rows = index;
    rows = [];
    tell(index);
  };
  const size = source.archive ? BATCH.pictures : BATCH.plain;
  for await (const row of source.rows()) {
    run.signal.throwIfAborted();
    index += 1;
    if (index <= start.rows) {
      see(row);
      continue;
    }
    rows.push(row);
    if (rows.length >= size) await flush();
  }
  await flush();
  const products = run.payload.tableKey ? seen.size : await countThere(run, [...seen.keys()]);
  return { products, images: state.images };
}

/** A folder whose pictures were all refused is no product. */
async function countThere({ ctx, payload }: Run, names: string[]): Promise<number> {
  const [row] = await ctx.deps.db.tenant(
    ctx.tenantId,
    (tx) => tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM products
      WHERE catalog_id = ${payload.catalogId} AND external_id = ANY(${names})`,
  );
  return row?.count ?? 0;
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
  for (const key of uploadsOf(run.payload)) await run.ctx.deps.objects.delete(key);
}

function localFile(file: string | null): string {
  if (file) return file;
  throw new AppError('internal', { message: 'uploads must lie in a local object store' });
}

async function* chain<T>(first: AsyncIterable<T> | Iterable<T>, then: readonly T[]): AsyncGenerator<T> {
  yield* first;
  yield* then;
}
