import { AppError } from '@likeness/contracts/errors';
import type { Tx } from '@likeness/db/database';
import type { EvaluationModel } from '@likeness/db/generated/models/Evaluation';
import type { EvaluationAnswerModel } from '@likeness/db/generated/models/EvaluationAnswer';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { areSame } from '../test-set/same-products.ts';

/** One photo that two evaluations of its test set answered, marked by the same right products. */
export type AnswerPair = { before: EvaluationAnswerModel; after: EvaluationAnswerModel };
/** Photos that cannot be compared: marked by other right products each time, or answered only once. */
export type LeftOut = { changed: number; once: number };
export type PairedAnswers = {
  before: EvaluationModel;
  after: EvaluationModel;
  pairs: AnswerPair[];
  leftOut: LeftOut;
};

/** Errors: `not_found`, `conflict` when the sets differ or one is not done. */
export async function pairAnswers(
  ctx: Ctx,
  input: { beforeId: string; afterId: string },
): Promise<PairedAnswers> {
  requirePermission(ctx, 'catalogs:read');
  return ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const before = await tx.evaluation.findFirst({ where: { id: input.beforeId } });
    const after = await tx.evaluation.findFirst({ where: { id: input.afterId } });
    if (!before || !after) throw new AppError('not_found');
    if (before.testSetId !== after.testSetId)
      throw new AppError('conflict', { message: 'The two evaluations stand on different test sets.' });
    if (!before.result || !after.result)
      throw new AppError('conflict', { message: 'One of the evaluations is not done.' });
    return { before, after, ...pair(await answersOf(tx, before.id), await answersOf(tx, after.id)) };
  });
}

const answersOf = (tx: Tx, evaluationId: string): Promise<EvaluationAnswerModel[]> =>
  tx.evaluationAnswer.findMany({ where: { evaluationId }, orderBy: { ordinal: 'asc' } });

function pair(
  before: readonly EvaluationAnswerModel[],
  after: readonly EvaluationAnswerModel[],
): Pick<PairedAnswers, 'pairs' | 'leftOut'> {
  const later = new Map(after.map((each) => [each.testQueryId, each]));
  const both = before.flatMap((each) => {
    const second = later.get(each.testQueryId);
    return second ? [{ before: each, after: second }] : [];
  });
  const pairs = both.filter((each) => areSame(each.before.productIds, each.after.productIds));
  const once = before.length + after.length - 2 * both.length;
  return { pairs, leftOut: { changed: both.length - pairs.length, once } };
}
