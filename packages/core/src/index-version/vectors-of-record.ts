import type { Tx } from '@likeness/db/database';
import type { Ctx } from '../context.ts';
import type { ImageVector } from './embed-image.ts';
import { fromHalfBytes, toHalfBytes } from './half-floats.ts';
import type { ResolvedIndex } from './resolved-index.ts';

/** Makes the partition that holds this model's vectors; there already is no error. */
export async function prepareVectors(ctx: Ctx, index: ResolvedIndex): Promise<void> {
  await ctx.deps.db.tenant(
    ctx.tenantId,
    (tx) => tx.$executeRaw`SELECT create_embedding_partition(${index.embedModelId})`,
  );
}

/** Stored vectors of these images under the version's model and recipe. */
export async function storedVectors(
  tx: Tx,
  index: ResolvedIndex,
  imageIds: readonly string[],
): Promise<Map<string, Float32Array>> {
  const rows = await tx.embedding.findMany({
    where: { modelVersionId: index.embedModelId, recipe: index.recipe, imageId: { in: [...imageIds] } },
    select: { imageId: true, vector: true },
  });
  return new Map(rows.map((row) => [row.imageId, fromHalfBytes(row.vector)]));
}

export async function storeVectors(
  tx: Tx,
  how: { tenantId: string; index: ResolvedIndex; vectors: ReadonlyMap<string, ImageVector> },
): Promise<void> {
  if (how.vectors.size === 0) return;
  await tx.embedding.createMany({
    data: [...how.vectors].map(([imageId, { vector, box }]) => ({
      tenantId: how.tenantId,
      modelVersionId: how.index.embedModelId,
      imageId,
      recipe: how.index.recipe,
      box,
      dims: vector.length,
      vector: toHalfBytes(vector),
    })),
    skipDuplicates: true,
  });
}
