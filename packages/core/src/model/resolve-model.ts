import { AppError } from '@likeness/contracts/errors';
import type { ModelVersionModel } from '@likeness/db/generated/models/ModelVersion';
import type { Ctx } from '../context.ts';
import { ensureBuiltinModels } from './ensure-builtin-models.ts';

/** The model with this manifest id (or row id) and task. Errors: `not_found`. */
export async function resolveModel(
  ctx: Ctx,
  input: { model: string; task: 'embed' | 'detect' },
): Promise<ModelVersionModel> {
  await ensureBuiltinModels(ctx);
  const row = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.modelVersion.findFirst({
      where: { task: input.task, OR: [{ modelId: input.model }, { id: input.model }] },
    }),
  );
  if (row) return row;
  const what = input.task === 'embed' ? 'encoder' : 'detector';
  throw new AppError('not_found', {
    message: `There is no ${what} "${input.model}".`,
    hint: 'List them with "likeness models list".',
  });
}
