import type { EvaluationModel } from '@likeness/db/generated/models/Evaluation';
import type { EvaluationAnswerModel } from '@likeness/db/generated/models/EvaluationAnswer';
import { type Comparison, compareEvaluations } from '@likeness/search-core/evaluation/compare';
import type { Ctx } from '../context.ts';
import { type EvaluationView, toEvaluationView } from './get-evaluation.ts';
import { type AnswerPair, type LeftOut, pairAnswers } from './pair-answers.ts';
import { scoresOfAnswers } from './scores-of-answers.ts';

export type ComparisonView = {
  before: EvaluationView;
  after: EvaluationView;
  comparison: Comparison;
  leftOut: LeftOut;
};

/**
 * Two evaluations of one test set side by side. Photos that only one of them had, or whose right products were changed
 * between them, are left out, and then the figures of both are those of the photos that they share.
 * Errors: `not_found`, `conflict` when the sets differ or one is not done.
 */
export async function compareTwo(
  ctx: Ctx,
  input: { beforeId: string; afterId: string },
): Promise<ComparisonView> {
  const { before, after, pairs, leftOut } = await pairAnswers(ctx, input);
  const isWhole = leftOut.changed + leftOut.once === 0;
  const viewOf = (
    row: EvaluationModel,
    side: (pair: AnswerPair) => EvaluationAnswerModel,
  ): EvaluationView => {
    const view = toEvaluationView(row);
    if (isWhole || !view.result) return view;
    return { ...view, result: { ...view.result, ...scoresOfAnswers(pairs.map(side)) } };
  };
  return {
    before: viewOf(before, (pair) => pair.before),
    after: viewOf(after, (pair) => pair.after),
    comparison: compareEvaluations(pairs.flatMap(toPaired)),
    leftOut,
  };
}

function toPaired({ before, after }: AnswerPair) {
  const [product] = before.productIds;
  return product === undefined
    ? []
    : [{ id: before.testQueryId, product, before: before.rank, after: after.rank, groups: after.groups }];
}
