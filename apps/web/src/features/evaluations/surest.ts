import type { EvaluationView } from '@likeness/core/evaluation/get-evaluation';

/**
 * The surest of what shoppers get: the finished evaluation that searched as they do (by the found box) on most photos, of
 * equals the first, which is the newest. Where none did, the one on most photos.
 */
export function surest(evaluations: readonly EvaluationView[]): EvaluationView | null {
  const size = (each: EvaluationView): number => each.result?.all.n ?? 0;
  const asShoppers = (each: EvaluationView): number => Number(each.crop === 'auto');
  return (
    evaluations
      .filter((each) => size(each) > 0)
      .toSorted((a, b) => asShoppers(b) - asShoppers(a) || size(b) - size(a))[0] ?? null
  );
}
