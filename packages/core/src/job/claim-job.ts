import { randomUUID } from 'node:crypto';
import type { Database, Tx } from '@likeness/db/database';
import type { Lease } from './job-run.ts';

/** How long a worker may stay silent before its job is another's. */
export const LEASE_SECONDS = 30;
/** How many tenants are tried when others take their jobs at the same moment. */
const TENANTS_TRIED = 16;

export type ClaimedJob = {
  lease: Lease;
  kind: string;
  payload: unknown;
  checkpoint: unknown;
  progress: unknown;
  attempt: number;
  maxAttempts: number;
};

export type ClaimInput = {
  kinds: readonly string[];
  /** True: only jobs in whose last run the worker died. False: only others. */
  suspects: boolean;
  leaseSeconds?: number;
};

type ClaimedRow = {
  tenant_id: string;
  id: string;
  kind: string;
  payload: unknown;
  checkpoint: unknown;
  progress: unknown;
  attempt: number;
  max_attempts: number;
};

/**
 * Takes one waiting job for `leaseSeconds`, or returns null. Tenants take turns: who runs least comes first, then who was
 * served longest ago. The attempt is counted here, so that a job that kills its worker cannot do so for ever.
 */
export async function claimJob(
  db: Database,
  { kinds, suspects, leaseSeconds = LEASE_SECONDS }: ClaimInput,
): Promise<ClaimedJob | null> {
  return db.system(async (tx) => {
    for (const tenantId of await tenantsInTurn(tx, { kinds, suspects })) {
      const claimed = await claimOf(tx, tenantId, { kinds, suspects, leaseSeconds });
      if (claimed) return claimed;
    }
    return null;
  });
}

async function tenantsInTurn(tx: Tx, { kinds, suspects }: ClaimInput): Promise<string[]> {
  const rows = await tx.$queryRaw<{ tenant_id: string }[]>`
    SELECT due.tenant_id
    FROM (SELECT DISTINCT tenant_id FROM jobs WHERE state = 'queued' AND run_after <= now() AND kind = ANY (${kinds})
          AND (crashes > 0) = ${suspects}) due
    LEFT JOIN (SELECT tenant_id, count(*) AS running FROM jobs WHERE state = 'running' GROUP BY 1) busy USING (tenant_id)
    LEFT JOIN LATERAL (
      SELECT started_at FROM jobs WHERE tenant_id = due.tenant_id AND started_at IS NOT NULL
      ORDER BY started_at DESC LIMIT 1) served ON true
    ORDER BY coalesce(busy.running, 0), served.started_at NULLS FIRST
    LIMIT ${TENANTS_TRIED}`;
  return rows.map((row) => row.tenant_id);
}

async function claimOf(
  tx: Tx,
  tenantId: string,
  { kinds, suspects, leaseSeconds }: Required<ClaimInput>,
): Promise<ClaimedJob | null> {
  const token = randomUUID();
  const [row] = await tx.$queryRaw<ClaimedRow[]>`
    UPDATE jobs SET state = 'running', attempt = attempt + 1, started_at = clock_timestamp(), lease_token = ${token},
      lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    WHERE tenant_id = ${tenantId} AND id = (
      SELECT id FROM jobs WHERE tenant_id = ${tenantId} AND state = 'queued' AND run_after <= now() AND kind = ANY (${kinds})
        AND (crashes > 0) = ${suspects}
      ORDER BY run_after, id FOR UPDATE SKIP LOCKED LIMIT 1)
    RETURNING tenant_id, id, kind, payload, checkpoint, progress, attempt, max_attempts`;
  if (!row) return null;
  const { kind, payload, checkpoint, progress, attempt } = row;
  const lease = { tenantId: row.tenant_id, jobId: row.id, token };
  return { lease, kind, payload, checkpoint, progress, attempt, maxAttempts: row.max_attempts };
}

/** Whether a job in whose last run the worker died waits for its turn. */
export async function hasSuspects(db: Database, { kinds }: { kinds: readonly string[] }): Promise<boolean> {
  const rows = await db.system(
    (tx) => tx.$queryRaw<unknown[]>`
      SELECT 1 FROM jobs WHERE state = 'queued' AND crashes > 0 AND run_after <= now() AND kind = ANY (${kinds}) LIMIT 1`,
  );
  return rows.length > 0;
}
