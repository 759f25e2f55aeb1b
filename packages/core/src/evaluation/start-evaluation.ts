import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import type { Tx } from '@likeness/db/database';
import { recordAudit } from '../audit/record-audit.ts';
import { resolveCatalog } from '../catalog/resolve-catalog.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { ImageArchive } from '../import/archive.ts';
import type { ImportUpload } from '../import/start-import.ts';
import { enqueueJob } from '../job/enqueue-job.ts';
import { asNameTaken, nameTestSet } from '../test-set/name-test-set.ts';
import { parseQueryRows } from '../test-set/query-row.ts';

export type CropMode = 'auto' | 'given' | 'none';
export type StartEvaluationInput = {
  catalog: string;
  /** An existing test set, or uploaded queries that become one. */
  testSetId?: string | undefined;
  upload?:
    | {
        table: ImportUpload;
        archive: ImportUpload | null;
        name?: string | undefined;
        /** True: a taken name gets a number; left out, it is refused. */
        mayNumber?: boolean | undefined;
      }
    | undefined;
  indexVersion?: string | undefined;
  crop: CropMode;
};

/** Asks for an evaluation. Errors: `not_found`, `no_live_index`, `index_not_ready`, `invalid_csv`, `conflict` (name). */
export async function startEvaluation(
  ctx: Ctx,
  input: StartEvaluationInput,
): Promise<{ jobId: string; evaluationId: string; testSetId: string }> {
  requirePermission(ctx, 'catalogs:write');
  const catalog = await resolveCatalog(ctx, input.catalog);
  const indexVersionId = input.indexVersion ?? catalog.liveIndexVersionId;
  if (!indexVersionId) throw new AppError('no_live_index');
  if (input.upload) await checkUpload(ctx, input.upload, input.crop);
  const evaluationId = newId('evaluation', ctx.deps.clock.now());
  const name = input.upload?.name ?? `${input.upload?.table.name} · ${evaluationId.slice(-6)}`;
  const start = ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const version = await tx.indexVersion.findFirst({ where: { id: indexVersionId, catalogId: catalog.id } });
    if (!version) throw new AppError('not_found', { message: 'There is no such index version.' });
    if (version.state !== 'ready')
      throw new AppError('index_not_ready', { message: `Version ${version.number} is ${version.state}.` });
    let free = name;
    const testSetId = input.upload ? newId('testSet') : (input.testSetId ?? '');
    if (input.upload) {
      const mayNumber = input.upload.mayNumber ?? false;
      free = await nameTestSet(tx, { catalogId: catalog.id, name, mayNumber });
      await tx.testSet.create({
        data: {
          tenantId: ctx.tenantId,
          id: testSetId,
          catalogId: catalog.id,
          name: free,
          origin: 'uploaded',
        },
      });
    } else {
      await checkTestSet(tx, { testSetId, catalogId: catalog.id, crop: input.crop });
    }
    const upload = input.upload
      ? { tableKey: input.upload.table.key, archiveKey: input.upload.archive?.key ?? null }
      : null;
    const { jobId } = await enqueueJob(tx, ctx, {
      kind: 'evaluate-index',
      payload: { catalogId: catalog.id, evaluationId, upload },
      catalogId: catalog.id,
    });
    await tx.evaluation.create({
      data: {
        tenantId: ctx.tenantId,
        id: evaluationId,
        catalogId: catalog.id,
        testSetId,
        indexVersionId,
        crop: input.crop,
        jobId,
      },
    });
    if (input.upload)
      await recordAudit(tx, ctx, {
        action: 'test_set.create',
        subject: testSetId,
        after: { name: free, table: input.upload.table.name },
      });
    return { jobId, evaluationId, testSetId };
  });
  return start.catch((error) => {
    throw asNameTaken(error, name);
  });
}

/** Refuses at once what the job could only fail on. Errors: `invalid_csv`, `invalid_archive`, `invalid_request`. */
async function checkUpload(
  ctx: Ctx,
  { table, archive }: NonNullable<StartEvaluationInput['upload']>,
  crop: CropMode,
): Promise<void> {
  const rows = parseQueryRows(await ctx.deps.objects.get(table.key));
  if (crop === 'given' && rows.every((row) => row.box === null)) throw noBoxes();
  const file = archive && ctx.deps.objects.localPath(archive.key);
  if (file) (await ImageArchive.open(file)).close();
}

async function checkTestSet(
  tx: Tx,
  { testSetId, catalogId, crop }: { testSetId: string; catalogId: string; crop: CropMode },
): Promise<void> {
  // Held until the evaluation is written: a set is not removed under it.
  const set = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM test_sets WHERE id = ${testSetId} AND catalog_id = ${catalogId} FOR KEY SHARE`;
  if (set.length === 0) throw new AppError('not_found', { message: 'There is no such test set.' });
  const photos = await tx.testQuery.count({ where: { testSetId } });
  if (photos === 0) throw new AppError('invalid_request', { message: 'The test set has no photos.' });
  if (crop === 'given' && (await tx.testQuery.count({ where: { testSetId, box: { isEmpty: false } } })) === 0)
    throw noBoxes();
}

const noBoxes = (): AppError =>
  new AppError('invalid_request', {
    message: 'No photo of this test set has a box of its own.',
    hint: 'Use the crop auto or none.',
  });
