import type { Database } from '@likeness/db/database';

/** Token → whether its job was canceled. A token that is missing has lost its lease. */
export type LeaseStates = Map<string, { cancelRequested: boolean }>;

type Row = { lease_token: string; canceled: boolean };

const LOOK = `SELECT lease_token, cancel_requested_at IS NOT NULL AS canceled
  FROM jobs WHERE state = 'running' AND lease_token = ANY ($1)`;
const EXTEND = `UPDATE jobs SET lease_until = clock_timestamp() + make_interval(secs => $2)
  WHERE state = 'running' AND lease_token = ANY ($1)
  RETURNING lease_token, cancel_requested_at IS NOT NULL AS canceled`;

/**
 * Looks at the leases of this worker; with `extendSeconds` it holds each for that long. One message for all: a worker that
 * freezes in the middle keeps no row of `jobs` locked from the one that takes over.
 */
export async function renewLeases(
  db: Database,
  { tokens, extendSeconds }: { tokens: string[]; extendSeconds: number | null },
): Promise<LeaseStates> {
  if (tokens.length === 0) return new Map();
  const rows = await (extendSeconds === null
    ? db.systemStatement<Row>(LOOK, [tokens])
    : db.systemStatement<Row>(EXTEND, [tokens, extendSeconds]));
  return new Map(rows.map((row) => [row.lease_token, { cancelRequested: row.canceled }]));
}
