import { AppError, type ErrorCode } from '@likeness/contracts/errors';
import { filterTooLarge } from '@likeness/contracts/filter';
import { findUnstorable } from '@likeness/contracts/storable-text';
import type { z } from 'zod';

/** A checked value, or the error that names each wrong field. */
export function parseInput<T>(schema: z.ZodType<T> | undefined, value: unknown): T {
  if (!schema) return undefined as T;
  if (typeof value === 'object' && value !== null && 'filter' in value && filterTooLarge(value.filter)) {
    throw new AppError('invalid_filter', { message: 'The filter is too deep or has too many parts.' });
  }
  const unstorable = findUnstorable(value);
  if (unstorable)
    throw new AppError('invalid_request', {
      message: `${unstorable}: a text may hold no NUL and no half of a character.`,
    });
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const message = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
    .join('; ');
  throw new AppError(codeOf(first), { message });
}

function codeOf(issue: z.core.$ZodIssue | undefined): ErrorCode {
  const field = issue?.path[0];
  if (field === 'filter') return 'invalid_filter';
  if (field === 'box' || field === 'point') return 'invalid_box';
  return issue?.message.startsWith('exactly one of image') ? 'image_required' : 'invalid_request';
}
