import type { EvaluationResult } from '@likeness/contracts/evaluation';
import { classMeanOf, groupScores, scoresOf } from '@likeness/search-core/evaluation/summarize';

type Answered = { productIds: readonly string[]; rank: number | null; groups: readonly string[] };

/** The figures of a set of answered photos. */
export function scoresOfAnswers(
  answers: readonly Answered[],
): Pick<EvaluationResult, 'all' | 'class_mean' | 'groups'> {
  // A query without a right product belongs to grades, not to CMC.
  const ranked = answers.flatMap(({ productIds, rank, groups }) =>
    productIds[0] === undefined ? [] : [{ product: productIds[0], rank, groups }],
  );
  // Each right product of a query has its own figure.
  const perProduct = answers.flatMap(({ productIds, rank, groups }) =>
    productIds.map((product) => ({ product, rank, groups })),
  );
  return { all: scoresOf(ranked), class_mean: classMeanOf(perProduct), groups: groupScores(ranked) };
}
