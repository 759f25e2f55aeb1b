import type { EvaluationResult } from '@likeness/contracts/evaluation';
import type { EvaluationView } from '@likeness/core/evaluation/get-evaluation';

export type Exam = {
  testSetId: string;
  crop: string;
  /** The newest result of each index version. */
  results: Map<string, EvaluationResult>;
};

/**
 * Figures of versions stand side by side only if they come from the same photos and the same boxes: of all test sets and
 * ways to box the one that measured most versions, then the one on most photos. `evaluations`: newest first.
 */
export function commonExam(evaluations: readonly EvaluationView[]): Exam | null {
  const exams = new Map<string, Exam>();
  for (const { testSetId, crop, indexVersionId, result } of evaluations) {
    if (!result) continue;
    const key = `${testSetId} ${crop}`;
    const exam = exams.get(key) ?? { testSetId, crop, results: new Map() };
    if (!exam.results.has(indexVersionId)) exam.results.set(indexVersionId, result);
    exams.set(key, exam);
  }
  const photos = ({ results }: Exam): number => Math.max(...[...results.values()].map(({ all }) => all.n));
  const sorted = [...exams.values()].toSorted(
    (a, b) => b.results.size - a.results.size || photos(b) - photos(a),
  );
  return sorted[0] ?? null;
}
