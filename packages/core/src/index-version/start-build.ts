import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { BUILTIN_DETECTOR, BUILTIN_ENCODER } from '@likeness/contracts/model-manifest';
import { parseTenantSettings } from '@likeness/contracts/tenant-settings';
import { recordAudit } from '../audit/record-audit.ts';
import { resolveCatalog } from '../catalog/resolve-catalog.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { enqueueJob } from '../job/enqueue-job.ts';
import { resolveModel } from '../model/resolve-model.ts';
import { cropRecipeOf, recipeName } from './crop-recipe.ts';

export type StartBuildInput = {
  catalog: string;
  embed?: string | null | undefined;
  /** A detector, `none` for whole images; left out, the built-in one. */
  detect?: string | null | undefined;
  engine?: string | null | undefined;
  promote?: boolean | undefined;
};

/** Asks for a new index version. Errors: `not_found` (catalog, model), `engine_not_configured`. */
export async function startBuild(
  ctx: Ctx,
  input: StartBuildInput,
): Promise<{ jobId: string; indexVersionId: string; number: number }> {
  requirePermission(ctx, 'catalogs:write');
  if (input.engine && input.engine !== 'embedded')
    throw new AppError('engine_not_configured', {
      message: `The engine "${input.engine}" is not configured here.`,
    });
  const catalog = await resolveCatalog(ctx, input.catalog);
  const embed = await resolveModel(ctx, { model: input.embed ?? BUILTIN_ENCODER, task: 'embed' });
  const detect =
    input.detect === 'none'
      ? null
      : await resolveModel(ctx, { model: input.detect ?? BUILTIN_DETECTOR, task: 'detect' });
  const id = newId('indexVersion', ctx.deps.clock.now());
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const { settings } = await tx.tenant.findUniqueOrThrow({
      where: { id: ctx.tenantId },
      select: { settings: true },
    });
    const crop = cropRecipeOf(parseTenantSettings(settings));
    const { nextIndexNumber } = await tx.catalog.update({
      where: { tenantId_id: { tenantId: ctx.tenantId, id: catalog.id } },
      data: { nextIndexNumber: { increment: 1 } },
      select: { nextIndexNumber: true },
    });
    const number = nextIndexNumber - 1;
    const payload = { catalogId: catalog.id, indexVersionId: id, promote: input.promote ?? false };
    const { jobId } = await enqueueJob(tx, ctx, { kind: 'build-index', payload, catalogId: catalog.id });
    await tx.indexVersion.create({
      data: {
        tenantId: ctx.tenantId,
        id,
        catalogId: catalog.id,
        number,
        collection: id.replace('_', '-'),
        embedModelId: embed.id,
        detectModelId: detect?.id ?? null,
        recipe: recipeName(detect?.sha256 ?? null, crop),
        cropSettings: crop,
        jobId,
      },
    });
    await recordAudit(tx, ctx, {
      action: 'index.build',
      subject: id,
      after: { catalog: catalog.name, number, embed: embed.modelId, detect: detect?.modelId ?? 'none' },
    });
    return { jobId, indexVersionId: id, number };
  });
}
