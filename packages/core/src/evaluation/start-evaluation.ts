import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { resolveCatalog } from '../catalog/resolve-catalog.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
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
  if (input.upload) parseQueryRows(await ctx.deps.objects.get(input.upload.table.key));
  const evaluationId = newId('evaluation', ctx.deps.clock.now());
  const name = input.upload?.name ?? `${input.upload?.table.name} · ${evaluationId.slice(-6)}`;
  const start = ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const version = await tx.indexVersion.findFirst({ where: { id: indexVersionId, catalogId: catalog.id } });
    if (!version) throw new AppError('not_found', { message: 'There is no such index version.' });
    if (version.state !== 'ready')
      throw new AppError('index_not_ready', { message: `Version ${version.number} is ${version.state}.` });
    const testSetId = input.upload ? newId('testSet') : (input.testSetId ?? '');
    if (input.upload) {
      const mayNumber = input.upload.mayNumber ?? false;
      const free = await nameTestSet(tx, { catalogId: catalog.id, name, mayNumber });
      await tx.testSet.create({
        data: {
          tenantId: ctx.tenantId,
          id: testSetId,
          catalogId: catalog.id,
          name: free,
          origin: 'uploaded',
        },
      });
    } else if (!(await tx.testSet.findFirst({ where: { id: testSetId, catalogId: catalog.id } }))) {
      throw new AppError('not_found', { message: 'There is no such test set.' });
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
    return { jobId, evaluationId, testSetId };
  });
  return start.catch((error) => {
    throw asNameTaken(error, name);
  });
}
