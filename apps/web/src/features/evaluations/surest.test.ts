import type { EvaluationView } from '@likeness/core/evaluation/get-evaluation';
import { expect, it } from 'vitest';
import { surest } from './surest.ts';

/** Newest first, as they are listed. */
const of = (id: string, crop: string, n: number | null): EvaluationView =>
  ({ id, crop, result: n === null ? null : { all: { n } } }) as unknown as EvaluationView;

it('what searched as shoppers do comes before what had more photos, then the most photos, then the newest', () => {
  const found = of('found', 'auto', 120);
  const few = of('few', 'auto', 40);
  expect(surest([of('whole', 'none', 500), few, found, of('older', 'auto', 120)])?.id).toBe('found');
  expect(surest([of('runs', 'auto', null), of('empty', 'auto', 0), of('given', 'given', 30)])?.id).toBe(
    'given',
  );
  expect(surest([of('runs', 'auto', null)])).toBeNull();
});
