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
