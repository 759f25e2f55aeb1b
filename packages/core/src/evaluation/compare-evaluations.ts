import type { EvaluationModel } from '@likeness/db/generated/models/Evaluation';
import type { EvaluationAnswerModel } from '@likeness/db/generated/models/EvaluationAnswer';
import {
  type Comparison,
  compareEvaluations,
  type PairedQuery,
} from '@likeness/search-core/evaluation/compare';
import type { Ctx } from '../context.ts';
import { type EvaluationView, toEvaluationView } from './get-evaluation.ts';
import { type AnswerPair, type LeftOut, pairAnswers } from './pair-answers.ts';
import { readCategories } from './product-categories.ts';
import { categoryScores, scoresOfAnswers } from './scores-of-answers.ts';

export type ComparisonView = {
  before: EvaluationView;
  after: EvaluationView;
  comparison: Comparison;
  leftOut: LeftOut;
};

/**
 * Two evaluations of one test set side by side. Photos that only one of them had, or whose right products were changed
 * between them, are left out, and then the figures of both are those of the photos that they share. Categories are those
 * of now on both sides, also where an evaluation was made before they were counted.
 * Errors: `not_found`, `conflict` when the sets differ or one is not done.
 */
export async function compareTwo(
  ctx: Ctx,
  input: { beforeId: string; afterId: string },
): Promise<ComparisonView> {
  const { before, after, pairs, leftOut } = await pairAnswers(ctx, input);
  const { catalogId } = after;
  const categorize = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    readCategories(tx, { catalogId, photos: pairs.map((pair) => pair.after) }),
  );
  const comparison = compareEvaluations(
    pairs.flatMap((pair) => toPaired(pair, categorize(pair.after).categories)),
  );
  const isWhole = leftOut.changed + leftOut.once === 0;
  const viewOf = (
    row: EvaluationModel,
    side: (pair: AnswerPair) => EvaluationAnswerModel,
  ): EvaluationView => {
    const view = toEvaluationView(row);
    if (!view.result) return view;
    const answers = pairs.map((pair) => categorize(side(pair)));
    if (!isWhole) return { ...view, result: { ...view.result, ...scoresOfAnswers(answers) } };
    // To draw intervals anew takes a second for many categories: only where goods have moved since.
    if (haveSameSizes(view.result.categories, comparison.categories)) return view;
    return { ...view, result: { ...view.result, categories: categoryScores(answers) } };
  };
  return {
    before: viewOf(before, (pair) => pair.before),
    after: viewOf(after, (pair) => pair.after),
    comparison,
    leftOut,
  };
}

function toPaired({ before, after }: AnswerPair, categories: readonly string[]): PairedQuery[] {
  const [product] = before.productIds;
  if (product === undefined) return [];
  const ranks = { before: before.rank, after: after.rank };
  return [{ id: before.testQueryId, product, ...ranks, groups: after.groups, categories }];
}

type Sized = Record<string, { n: number }>;
const haveSameSizes = (a: Sized, b: Sized): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([name, { n }]) => b[name]?.n === n);
