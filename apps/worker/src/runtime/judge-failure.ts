import { AppError, toErrorBody } from '@likeness/contracts/errors';
import { JobAborted } from './job-aborted.ts';

/** Codes of the 5xx kind that another attempt would meet again. */
const FINAL = new Set(['storage_full']);

export type Verdict = {
  isFinal: boolean;
  delaySeconds: number;
  error: { code: string; message: string; hint: string };
};

/**
 * Whether a failed run is tried again: mistakes in the input never are, everything else is until `maxAttempts`, after
 * 2, 8, 32, then 60 seconds. The error that people see has no inner details.
 */
export function judgeFailure(
  thrown: unknown,
  { attempt, maxAttempts }: { attempt: number; maxAttempts: number },
): Verdict {
  const known = thrown instanceof JobAborted ? new AppError('deadline_exceeded') : thrown;
  const { code, message, hint } = toErrorBody(known, '').body.error;
  const isInputError = thrown instanceof AppError && (thrown.status < 500 || FINAL.has(thrown.code));
  const delaySeconds = Math.min(60, 2 * 4 ** (attempt - 1));
  return { isFinal: isInputError || attempt >= maxAttempts, delaySeconds, error: { code, message, hint } };
}
