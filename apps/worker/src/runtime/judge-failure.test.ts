import { AppError } from '@likeness/contracts/errors';
import { describe, expect, test } from 'vitest';
import { JobAborted } from './job-aborted.ts';
import { judgeFailure } from './judge-failure.ts';

describe('judgeFailure', () => {
  const first = { attempt: 1, maxAttempts: 3 };

  test('a mistake in the input is final and keeps its own words', () => {
    const verdict = judgeFailure(new AppError('invalid_csv', { message: 'line 3 is torn' }), first);
    expect(verdict).toMatchObject({
      isFinal: true,
      error: { code: 'invalid_csv', message: 'line 3 is torn' },
    });
  });

  test('what we broke is tried again later and later, then is final, without inner details', () => {
    const delays = [1, 2, 3, 4, 5].map(
      (attempt) => judgeFailure(new Error('password=x'), { attempt, maxAttempts: 9 }).delaySeconds,
    );
    expect(delays).toEqual([2, 8, 32, 60, 60]);
    const last = judgeFailure(new Error('password=x'), { attempt: 3, maxAttempts: 3 });
    expect(last).toMatchObject({ isFinal: true, error: { code: 'internal' } });
    expect(JSON.stringify(last)).not.toContain('password');
  });

  test('that the database was away neither counts nor ends the job', () => {
    const verdict = judgeFailure(new AppError('database_unavailable'), { attempt: 3, maxAttempts: 3 });
    expect(verdict).toMatchObject({ isFinal: false, countsAsAttempt: false });
  });

  test('a run that took too long and a full disk say so', () => {
    expect(judgeFailure(new JobAborted('timeout'), first).error.code).toBe('deadline_exceeded');
    expect(judgeFailure(new AppError('storage_full'), first)).toMatchObject({
      isFinal: true,
      error: { code: 'storage_full' },
    });
  });
});
