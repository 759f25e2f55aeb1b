import { newId } from '@likeness/contracts/ids';
import type { Ctx } from '../context.ts';

const known = new Set<string>();

/** Writes rows for the models that inference makes itself; asked once per tenant and process. */
export async function ensureBuiltinModels(ctx: Ctx): Promise<void> {
  if (known.has(ctx.tenantId)) return;
  const models = await ctx.deps.vision.builtinModels();
  await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.modelVersion.createMany({
      data: models.map(({ manifest, sha256 }) => ({
        tenantId: ctx.tenantId,
        id: newId('model'),
        modelId: manifest.id,
        task: manifest.task,
        manifest,
        sha256,
        fileKey: null,
      })),
      skipDuplicates: true,
    }),
  );
  known.add(ctx.tenantId);
}
