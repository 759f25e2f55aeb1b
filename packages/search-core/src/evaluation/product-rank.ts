/** A product of an answer, best image only. */
export type ScoredProduct = { product: string; score: number };

/**
 * Rank of the right product = 1 + the number of other products that score at least as much (ties count against
 * us); with several right products the best one counts and the others stand in nobody's way. Null when none of
 * them is in the answer.
 */
export function productRank(answer: readonly ScoredProduct[], right: ReadonlySet<string>): number | null {
  const best = Math.max(...answer.filter((each) => right.has(each.product)).map((each) => each.score));
  if (best === Number.NEGATIVE_INFINITY) return null;
  return 1 + answer.filter((each) => !right.has(each.product) && each.score >= best).length;
}
