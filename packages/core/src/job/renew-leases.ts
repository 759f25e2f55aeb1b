import type { Database } from '@likeness/db/database';

/** Token → whether its job was canceled. A token that is missing has lost its lease. */
export type LeaseStates = Map<string, { cancelRequested: boolean }>;

type Row = { lease_token: string; canceled: boolean };

/** Looks at the leases of this worker; with `extendSeconds` it holds each for that long. One statement for all. */
export async function renewLeases(
  db: Database,
  input: { tokens: string[]; extendSeconds: number | null },
): Promise<LeaseStates> {
  if (input.tokens.length === 0) return new Map();
  const rows = await db.system((tx) =>
    input.extendSeconds !== null
      ? tx.$queryRaw<Row[]>`
          UPDATE jobs SET lease_until = clock_timestamp() + make_interval(secs => ${input.extendSeconds})
          WHERE state = 'running' AND lease_token = ANY (${input.tokens})
          RETURNING lease_token, cancel_requested_at IS NOT NULL AS canceled`
      : tx.$queryRaw<Row[]>`
          SELECT lease_token, cancel_requested_at IS NOT NULL AS canceled
          FROM jobs WHERE state = 'running' AND lease_token = ANY (${input.tokens})`,
  );
  return new Map(rows.map((row) => [row.lease_token, { cancelRequested: row.canceled }]));
}
