import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';

export type LiveNames = { model: string | null; testSet: string | null };

/** What people call the encoder of a version, and the test set it was measured on; null for what is unknown or gone. */
export async function nameLive(
  ctx: Ctx,
  input: { embedModelId: string; testSetId: string | null },
): Promise<LiveNames> {
  requirePermission(ctx, 'catalogs:read');
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const model = await tx.modelVersion.findFirst({
      where: { id: input.embedModelId },
      select: { modelId: true },
    });
    const testSet = input.testSetId
      ? await tx.testSet.findFirst({ where: { id: input.testSetId }, select: { name: true } })
      : null;
    return { model: model?.modelId ?? null, testSet: testSet?.name ?? null };
  });
}
