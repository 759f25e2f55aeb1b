/** True when Postgres can hold the text: no NUL, and no half of a surrogate pair (which is no character). */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** Where in a plain value (as JSON gives it) the first text lies that cannot be stored; null when all can. */
export function findUnstorable(value: unknown, path = ''): string | null {
  if (typeof value === 'string') return isStorable(value) ? null : path || 'value';
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return null;
  for (const [key, each] of Object.entries(value)) {
    const at = path ? `${path}.${key}` : key;
    if (!isStorable(key)) return path || 'value';
    const found = findUnstorable(each, at);
    if (found) return found;
  }
  return null;
}

/** A copy of a plain value in which each text can be stored: what Postgres cannot hold becomes U+FFFD. */
export function toStorable<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll('\0', '\uFFFD').toWellFormed() as T;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(toStorable) as T;
  const entries = Object.entries(value).map(([key, each]) => [toStorable(key), toStorable(each)]);
  return Object.fromEntries(entries) as T;
}

/** At most `max` UTF-16 units, and never half a character at the end. */
export const cutText = (text: string, max: number): string =>
  text.length <= max ? text : text.slice(0, /[\uD800-\uDBFF]/.test(text[max - 1] ?? '') ? max - 1 : max);
