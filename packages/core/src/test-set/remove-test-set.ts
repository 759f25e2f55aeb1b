import { AppError } from '@likeness/contracts/errors';
import type { Tx } from '@likeness/db/database';
import { recordAudit } from '../audit/record-audit.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { dropImageFiles } from '../image/drop-image-files.ts';
import { refuseWhileEvaluated } from '../job/refuse-while-evaluated.ts';

type Gone = { catalogId: string; queries: { id: string; imageId: string | null }[]; orphans: string[] };

/**
 * Removes a test set for good: its photos, its evaluations and their answers. The audit keeps what it was; the ledger
 * keeps what its evaluations searched. Errors: `not_found`; `conflict` while an evaluation of it is under way.
 */
export async function removeTestSet(
  ctx: Ctx,
  { testSetId }: { testSetId: string },
): Promise<{ catalogId: string }> {
  requirePermission(ctx, 'testsets:write');
  const gone = await ctx.deps.db.tenant(ctx.tenantId, async (tx): Promise<Gone> => {
    const [set] = await tx.$queryRaw<{ name: string; catalog_id: string }[]>`
      SELECT s.name, s.catalog_id FROM test_sets s JOIN catalogs c ON c.tenant_id = s.tenant_id AND c.id = s.catalog_id
      WHERE s.id = ${testSetId} FOR NO KEY UPDATE OF c FOR UPDATE OF s`;
    if (!set) throw new AppError('not_found');
    const evaluations = await tx.evaluation.findMany({ where: { testSetId }, select: { jobId: true } });
    await refuseWhileEvaluated(
      tx,
      evaluations.map((each) => each.jobId),
    );
    const queries = await tx.testQuery.findMany({
      where: { testSetId },
      select: { id: true, imageId: true },
    });
    await tx.testSet.delete({ where: { tenantId_id: { tenantId: ctx.tenantId, id: testSetId } } });
    const held = queries.flatMap((each) => each.imageId ?? []);
    const orphans = await withoutRow(tx, held);
    await recordAudit(tx, ctx, {
      action: 'test_set.delete',
      subject: testSetId,
      before: { name: set.name, photos: queries.length, evaluations: evaluations.length },
    });
    return { catalogId: set.catalog_id, queries, orphans };
  });
  for (const { id, imageId } of gone.queries)
    if (!imageId) await ctx.deps.objects.deletePrefix(`t/${ctx.tenantId}/test-queries/${id}`);
  await dropImageFiles(ctx, gone.orphans);
  return { catalogId: gone.catalogId };
}

/** Held-out pictures that their product has lost already: only the set kept their files. */
async function withoutRow(tx: Tx, imageIds: string[]): Promise<string[]> {
  const rows = await tx.image.findMany({ where: { id: { in: imageIds } }, select: { id: true } });
  const kept = new Set(rows.map((row) => row.id));
  return imageIds.filter((id) => !kept.has(id));
}
