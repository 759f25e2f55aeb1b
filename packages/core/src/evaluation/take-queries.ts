import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import type { Prisma } from '@likeness/db/generated/client';
import { ImageArchive } from '../import/archive.ts';
import type { JobRun } from '../job/job-run.ts';
import { parseQueryRows, type QueryRow } from '../test-set/query-row.ts';
import { sha256Hex } from './sha256-hex.ts';

type Run = JobRun<'evaluate-index'>;
const BATCH = 32;
const AT_ONCE = 4;

/** Turns uploaded photos into the queries of a test set; what is stored already is not taken again after a crash. */
export async function takeQueries(run: Run, testSetId: string): Promise<void> {
  const { upload } = run.payload;
  if (!upload) return;
  const { db, objects } = run.ctx.deps;
  const have = await db.tenant(run.ctx.tenantId, (tx) => tx.testQuery.count({ where: { testSetId } }));
  if (!(await objects.exists(upload.tableKey))) return; // an earlier run took everything
  const rows = parseQueryRows(await objects.get(upload.tableKey));
  const file = upload.archiveKey ? objects.localPath(upload.archiveKey) : null;
  const archive = file ? await ImageArchive.open(file) : null;
  try {
    for (let first = have; first < rows.length; first += BATCH) {
      run.signal.throwIfAborted();
      await takeBatch(run, { testSetId, rows: rows.slice(first, first + BATCH), first, archive });
      run.progress({ phase: 'photos', done: Math.min(rows.length, first + BATCH), total: rows.length });
    }
  } finally {
    archive?.close();
  }
  await objects.delete(upload.tableKey);
  if (upload.archiveKey) await objects.delete(upload.archiveKey);
}

async function takeBatch(
  run: Run,
  how: { testSetId: string; rows: QueryRow[]; first: number; archive: ImageArchive | null },
): Promise<void> {
  const { ctx } = run;
  const data: Prisma.TestQueryCreateManyInput[] = [];
  const queue = how.rows.entries();
  const work = async (): Promise<void> => {
    for (const [index, row] of queue) {
      const photo = await takePhoto(run, row, how.archive);
      data[index] = {
        ...photo,
        tenantId: ctx.tenantId,
        testSetId: how.testSetId,
        ordinal: how.first + index,
        image: row.image,
        productIds: row.productIds,
        groups: row.groups,
        box: row.box ?? [],
      };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    await run.assertLease(tx);
    await tx.testQuery.createMany({ data });
  });
}

type Photo = { id: string; sha256: string; originalKey: string; displayKey: string | null };

/** A photo that is missing or unreadable stays in the set without a picture: it counts as a miss. */
async function takePhoto(run: Run, row: QueryRow, archive: ImageArchive | null): Promise<Photo> {
  const { ctx } = run;
  const id = newId('testQuery');
  const prefix = `t/${ctx.tenantId}/test-queries/${id}`;
  const name = archive?.resolve(row.image);
  if (!archive || !name || name === 'ambiguous') return { id, sha256: '', originalKey: '', displayKey: null };
  const bytes = await archive.read(name);
  await ctx.deps.objects.put(`${prefix}/original`, bytes);
  const photo = { id, sha256: sha256Hex(bytes), originalKey: `${prefix}/original` };
  try {
    const { display } = await ctx.deps.vision.normalize(bytes, { lane: 'bulk', signal: ctx.signal });
    await ctx.deps.objects.put(`${prefix}/display.jpg`, display);
    return { ...photo, displayKey: `${prefix}/display.jpg` };
  } catch (error) {
    if (error instanceof AppError && error.status < 500 && error.code !== 'canceled')
      return { ...photo, displayKey: null };
    throw error;
  }
}
