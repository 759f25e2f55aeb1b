/** Words as they are, for a LIKE: `%` and `_` stand for themselves, and a row of spaces counts as one. */
export function likePattern(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[\\%_]/g, '\\$&');
}
