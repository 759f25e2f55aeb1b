import type { Ctx } from '../context.ts';

/** Removes the files of pictures whose rows are gone; a picture that a test set holds out keeps them, or the set would lose its photo. */
export async function dropImageFiles(ctx: Ctx, imageIds: readonly string[]): Promise<void> {
  if (imageIds.length === 0) return;
  const held = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.testQuery.findMany({ where: { imageId: { in: [...imageIds] } }, select: { imageId: true } }),
  );
  const kept = new Set(held.map((row) => row.imageId));
  for (const id of imageIds)
    if (!kept.has(id)) await ctx.deps.objects.deletePrefix(`t/${ctx.tenantId}/images/${id}`);
}
