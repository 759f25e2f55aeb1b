import { AppError } from '@likeness/contracts/errors';
import { isWritable } from '@likeness/contracts/instant';

export type UsageRange = { from?: string | undefined; to?: string | undefined };

const DAY_MS = 24 * 3600 * 1000;

/** This calendar month (UTC) unless told; see `getUsage`. Errors: `invalid_request`. */
export function toRange(range: UsageRange, now: number): { from: Date; to: Date } {
  const today = new Date(now);
  const from = range.from
    ? parse(range.from, 'from')
    : new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 1));
  const to = range.to
    ? new Date(parse(range.to, 'to').getTime() + (isPlainDate(range.to) ? DAY_MS : 0))
    : new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1));
  if (from >= to)
    throw new AppError('invalid_request', {
      message: `from (${from.toISOString()}) must lie before to (${to.toISOString()}).`,
      hint: 'Left out, from is the first of this month and to its end.',
    });
  return { from, to };
}

const isPlainDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** JavaScript takes the 30th of February for the 2nd of March and a time without a zone for local: neither is meant. */
function parse(text: string, name: string): Date {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? '';
  const midnight = new Date(`${day}T00:00:00Z`);
  const isDay = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
  const date = new Date(isPlainDate(text) || /(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`);
  if (!day || !isDay || !isWritable(date.getTime()))
    throw new AppError('invalid_request', {
      message: `${name} is no date of the calendar.`,
      hint: 'Write 2026-11-01 or an ISO instant.',
    });
  return date;
}
