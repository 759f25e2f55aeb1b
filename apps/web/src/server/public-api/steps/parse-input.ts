import { AppError, type ErrorCode } from '@likeness/contracts/errors';
import { filterTooLarge, findLongList } from '@likeness/contracts/filter';
import { LIMITS } from '@likeness/contracts/limits';
import { findUnstorable } from '@likeness/contracts/storable-text';
import type { z } from 'zod';

/** A checked value, or the error that names each wrong field. */
export function parseInput<T>(schema: z.ZodType<T> | undefined, value: unknown, whole = 'body'): T {
  if (!schema) return undefined as T;
  if (typeof value === 'object' && value !== null && 'filter' in value) checkFilterSize(value.filter);
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
    .map((issue) => `${issue.path.join('.') || whole}: ${issue.message}`)
    .join('; ');
  const hint =
    first?.path[0] === 'point' ? { hint: 'Send a point as fractions x,y of the upright image.' } : {};
  throw new AppError(codeOf(first), { message, ...hint });
}

/** Sizes first: a schema would say of what is too large only that it matches none of its forms. */
function checkFilterSize(filter: unknown): void {
  if (filterTooLarge(filter))
    throw new AppError('invalid_filter', {
      message: `The filter is nested deeper than ${LIMITS.filterDepthMax} or has more than ${LIMITS.filterNodesMax} parts.`,
    });
  const long = findLongList(filter);
  if (long)
    throw new AppError('invalid_filter', {
      message: `filter.${long.field}.in has ${long.values} values; a list may have at most ${LIMITS.filterInValuesMax}.`,
    });
}

function codeOf(issue: z.core.$ZodIssue | undefined): ErrorCode {
  const field = issue?.path[0];
  if (field === 'filter') return 'invalid_filter';
  if (field === 'box' || field === 'point') return 'invalid_box';
  return issue?.message.startsWith('exactly one of image') ? 'image_required' : 'invalid_request';
}
