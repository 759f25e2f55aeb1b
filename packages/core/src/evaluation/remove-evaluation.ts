import { AppError } from '@likeness/contracts/errors';
import { recordAudit } from '../audit/record-audit.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { refuseWhileEvaluated } from '../job/refuse-while-evaluated.ts';

/** Removes one evaluation with its answers; its test set stays. Errors: `not_found`; `conflict` while it is under way. */
export async function removeEvaluation(
  ctx: Ctx,
  { evaluationId }: { evaluationId: string },
): Promise<{ catalogId: string }> {
  requirePermission(ctx, 'catalogs:write');
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const row = await tx.evaluation.findFirst({ where: { id: evaluationId } });
    if (!row) throw new AppError('not_found');
    await refuseWhileEvaluated(tx, [row.jobId]);
    const { catalogId, testSetId, indexVersionId, crop, state } = row;
    const gone = await tx.evaluation.deleteMany({ where: { id: evaluationId } });
    if (gone.count === 0) throw new AppError('not_found');
    await recordAudit(tx, ctx, {
      action: 'evaluation.delete',
      subject: evaluationId,
      before: { test_set: testSetId, index_version: indexVersionId, crop, state },
    });
    return { catalogId };
  });
}
