/** One value of a line: what it was, what it is; a side that the line does not know is left out. */
export type Change = { name: string; from?: unknown; to?: unknown };

/** Says which photo of a test set was corrected; it does not change, and without it the line says nothing. */
const IDENTITY = new Set(['photo']);
/** Known from the words of the act, or from what it was done to ("v2 of shop"). */
const UNSAID = new Set(['undoes', 'number', 'catalog']);

/**
 * What an act changed, value by value: where a line holds the old and the new state, only what differs between them;
 * else all that it holds. A value inside another is named by its path.
 */
export function changesOf(before: unknown, after: unknown): Change[] {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  if (after === null || after === undefined) return [...old].map(([name, from]) => ({ name, from }));
  return [...now].flatMap(([name, to]): Change[] => {
    if (UNSAID.has(name)) return [];
    if (!old.has(name) || IDENTITY.has(name)) return [{ name, to }];
    const from = old.get(name);
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ name, from, to }];
  });
}

function leavesOf(value: unknown, path: string[] = []): Map<string, unknown> {
  if (value === null || value === undefined) return new Map();
  if (typeof value !== 'object' || Array.isArray(value)) return new Map([[path.join('.'), value]]);
  const leaves = new Map<string, unknown>();
  for (const [key, inner] of Object.entries(value)) {
    const deeper = [...path, key];
    if (inner === null) leaves.set(deeper.join('.'), null);
    else for (const [name, leaf] of leavesOf(inner, deeper)) leaves.set(name, leaf);
  }
  return leaves;
}
