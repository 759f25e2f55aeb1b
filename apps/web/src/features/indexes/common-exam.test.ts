import type { EvaluationView } from '@likeness/core/evaluation/get-evaluation';
import { expect, test } from 'vitest';
import { commonExam } from './common-exam.ts';

const evaluation = (testSetId: string, indexVersionId: string, n: number, r1: number, crop = 'auto') =>
  ({ testSetId, indexVersionId, crop, result: { all: { n, r1 } } }) as unknown as EvaluationView;

test('versions are compared on the test set and box that measured most of them, each by its newest result', () => {
  const exam = commonExam([
    evaluation('large', 'v2', 500, 0.4),
    evaluation('small', 'v2', 8, 0.9),
    evaluation('small', 'v2', 8, 0.1),
    evaluation('small', 'v1', 8, 0.2),
    evaluation('small', 'v1', 8, 0.3, 'none'),
    { ...evaluation('none', 'v1', 1, 0), result: null },
  ]);
  expect([exam?.testSetId, exam?.crop]).toEqual(['small', 'auto']);
  expect([...(exam?.results ?? [])].map(([id, { all }]) => [id, all.r1])).toEqual([
    ['v2', 0.9],
    ['v1', 0.2],
  ]);
  expect(commonExam([])).toBeNull();
});
