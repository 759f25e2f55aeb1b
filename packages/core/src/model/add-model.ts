import type { Readable } from 'node:stream';
import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { type ModelManifest, modelManifestSchema } from '@likeness/contracts/model-manifest';
import { isUniqueViolation } from '@likeness/db/database-errors';
import { recordAudit } from '../audit/record-audit.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { ensureBuiltinModels } from './ensure-builtin-models.ts';
import { type ModelView, toModelView } from './model-ref.ts';

/**
 * Adds a model by its manifest and bytes; the same id with the same bytes again changes nothing.
 * Errors: `invalid_manifest`, `model_conflict` (same id, other bytes), `model_rejected` (hash, or it does not run).
 */
export async function addModel(ctx: Ctx, input: { manifest: unknown; file: Readable }): Promise<ModelView> {
  requirePermission(ctx, 'models:write');
  const manifest = parseManifest(input.manifest);
  await ensureBuiltinModels(ctx);
  const existing = await find(ctx, manifest.id);
  if (existing) {
    input.file.resume();
    return sameOrConflict(existing, manifest);
  }
  const id = newId('model', ctx.deps.clock.now());
  const fileKey = `t/${ctx.tenantId}/models/${id}.onnx`;
  const stored = await ctx.deps.objects.put(fileKey, input.file);
  try {
    if (stored.sha256 !== manifest.sha256)
      throw new AppError('model_rejected', {
        message: `The file has the sha256 ${stored.sha256}, its manifest says ${manifest.sha256}.`,
      });
    await ctx.deps.vision.probeModel({ manifest, sha256: manifest.sha256, fileKey });
    return await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
      const row = await tx.modelVersion.create({
        data: {
          tenantId: ctx.tenantId,
          id,
          modelId: manifest.id,
          task: manifest.task,
          manifest,
          sha256: manifest.sha256,
          fileKey,
        },
      });
      await recordAudit(tx, ctx, {
        action: 'model.add',
        subject: id,
        after: { model_id: manifest.id, sha256: manifest.sha256 },
      });
      return toModelView(row);
    });
  } catch (error) {
    await ctx.deps.objects.delete(fileKey);
    const raced = isUniqueViolation(error) ? await find(ctx, manifest.id) : null;
    if (raced) return sameOrConflict(raced, manifest);
    throw error;
  }
}

function parseManifest(value: unknown): ModelManifest {
  const parsed = modelManifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const message = parsed.error.issues
    .map((issue) => `${issue.path.join('.') || 'manifest'}: ${issue.message}`)
    .join('; ');
  throw new AppError('invalid_manifest', { message });
}

async function find(ctx: Ctx, modelId: string): Promise<ModelView | null> {
  const row = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.modelVersion.findFirst({ where: { modelId } }),
  );
  return row && toModelView(row);
}

function sameOrConflict(existing: ModelView, manifest: ModelManifest): ModelView {
  if (existing.sha256 === manifest.sha256) return existing;
  throw new AppError('model_conflict', { message: `A model "${manifest.id}" with other bytes exists.` });
}
