import type { EvaluationResult } from '@likeness/contracts/evaluation';
import { classMeanOf, partScores, scoresOf } from '@likeness/search-core/evaluation/summarize';

type Answered = {
  productIds: readonly string[];
  rank: number | null;
  groups: readonly string[];
  categories: readonly string[];
};

/** The figures of a set of answered photos. */
export function scoresOfAnswers(
  answers: readonly Answered[],
): Pick<EvaluationResult, 'all' | 'class_mean' | 'groups' | 'categories'> {
  const ranked = rankedOf(answers);
  // Each right product of a query has its own figure.
  const perProduct = answers.flatMap(({ productIds, rank }) =>
    productIds.map((product) => ({ product, rank })),
  );
  return {
    all: scoresOf(ranked),
    class_mean: classMeanOf(perProduct),
    groups: partScores(ranked, (query) => query.groups),
    categories: categoryScores(answers),
  };
}

/** Those of each category alone. */
export function categoryScores(answers: readonly Answered[]): EvaluationResult['categories'] {
  return partScores(rankedOf(answers), (query) => query.categories);
}

/** A query without a right product belongs to grades, not to CMC. */
const rankedOf = (answers: readonly Answered[]) =>
  answers.flatMap(({ productIds: [product], rank, groups, categories }) =>
    product === undefined ? [] : [{ product, rank, groups, categories }],
  );
