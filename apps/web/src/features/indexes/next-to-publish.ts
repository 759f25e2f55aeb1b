import type { VersionRow } from './versions.tsx';

/**
 * The version that is to be published next, which is then the one action of its page: the newest that is ready where
 * nothing is live; else the newest, where it was measured and never live. Others are built or rolled back to.
 */
export function nextToPublish(
  rows: readonly Pick<VersionRow, 'id' | 'number' | 'state' | 'last' | 'measured'>[],
  live: { number: number } | undefined,
): string | undefined {
  const newest = rows.filter((row) => row.state === 'ready').toSorted((a, b) => b.number - a.number)[0];
  if (!newest || !live) return newest?.id;
  const checked = newest.number > live.number && newest.last === 'kept' && newest.measured !== null;
  return checked ? newest.id : undefined;
}
