import type { VersionRow } from './versions.tsx';

/**
 * The version that is to be published next, which is then the one action of its page: the newest that is ready where
 * nothing is live; else the newest, where it was never live and was measured no worse than what is. Others are published
 * from their row, or rolled back to.
 */
export function nextToPublish(
  rows: readonly Pick<VersionRow, 'id' | 'number' | 'state' | 'last' | 'measured'>[],
  live: Pick<VersionRow, 'number' | 'measured'> | null,
): string | undefined {
  const newest = rows.filter((row) => row.state === 'ready').toSorted((a, b) => b.number - a.number)[0];
  if (!newest || !live) return newest?.id;
  const isNew = newest.number > live.number && newest.last === 'kept';
  const isWorse = newest.measured && live.measured && newest.measured.r1 < live.measured.r1;
  return isNew && newest.measured && !isWorse ? newest.id : undefined;
}
