import type { Database } from '@likeness/db/database';
import { LEASE_SECONDS } from './claim-job.ts';

/** Token → whether its job was canceled. A token that is missing has lost its lease. */
export type LeaseStates = Map<string, { cancelRequested: boolean }>;

type Row = { lease_token: string; canceled: boolean };

/** Looks at the leases of this worker; with `extend` it holds each for another 30 s. One statement for all. */
export async function renewLeases(
  db: Database,
  input: { tokens: string[]; extend: boolean },
): Promise<LeaseStates> {
  if (input.tokens.length === 0) return new Map();
  const rows = await db.system((tx) =>
    input.extend
      ? tx.$queryRaw<Row[]>`
          UPDATE jobs SET lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
          WHERE state = 'running' AND lease_token = ANY (${input.tokens})
          RETURNING lease_token, cancel_requested_at IS NOT NULL AS canceled`
      : tx.$queryRaw<Row[]>`
          SELECT lease_token, cancel_requested_at IS NOT NULL AS canceled
          FROM jobs WHERE state = 'running' AND lease_token = ANY (${input.tokens})`,
  );
  return new Map(rows.map((row) => [row.lease_token, { cancelRequested: row.canceled }]));
}
