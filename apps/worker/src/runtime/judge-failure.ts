import { AppError, toErrorBody } from '@likeness/contracts/errors';
import { JobAborted } from './job-aborted.ts';

/** Codes of the 5xx kind that another attempt would meet again. */
const FINAL = new Set(['storage_full']);

export type Verdict = {
  isFinal: boolean;
  countsAsAttempt: boolean;
  delaySeconds: number;
  error: { code: string; message: string; hint: string };
};

/**
 * Whether a failed run is tried again: mistakes in the input never are, everything else is until `maxAttempts`, after
 * 2, 8, 32, then 60 seconds; that the database was away is never the job's fault. The error that people see has no inner details.
 */
export function judgeFailure(
  thrown: unknown,
  { attempt, maxAttempts }: { attempt: number; maxAttempts: number },
): Verdict {
  const known = thrown instanceof JobAborted ? new AppError('deadline_exceeded') : thrown;
  const { code, message, hint } = toErrorBody(known, '').body.error;
  const countsAsAttempt = code !== 'database_unavailable';
  const isInputError = thrown instanceof AppError && (thrown.status < 500 || FINAL.has(thrown.code));
  const delaySeconds = Math.min(60, 2 * 4 ** (attempt - 1));
  const isFinal = isInputError || (countsAsAttempt && attempt >= maxAttempts);
  return { isFinal, countsAsAttempt, delaySeconds, error: { code, message, hint } };
}
