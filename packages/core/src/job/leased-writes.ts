import type { JobProgress } from '@likeness/contracts/jobs';
import { toStorable } from '@likeness/contracts/storable-text';
import type { Database, Tx } from '@likeness/db/database';
import { endWhatItMade } from './end-what-it-made.ts';
import { type Lease, LeaseLost } from './job-run.ts';

/** The writes of a running job. Each names the lease's token; a run that lost it changes no row and learns so. */

function heldBy(affected: number): void {
  if (affected !== 1) throw new LeaseLost('the lease of this job belongs to another run, or the job is over');
}

/** Holds the job's row in `tx`: until it ends nobody else can take the job. */
export async function assertLease(tx: Tx, lease: Lease): Promise<void> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM jobs WHERE tenant_id = ${lease.tenantId} AND id = ${lease.jobId} AND lease_token = ${lease.token}
      AND state = 'running' FOR SHARE`;
  heldBy(rows.length);
}

/**
 * Saves where to go on. A new place also clears the count of failed runs: the job gets on. Returns the number of this
 * run since the last new place.
 */
export async function saveCheckpoint(tx: Tx, lease: Lease, value: unknown): Promise<number> {
  const checkpoint = JSON.stringify(value);
  const rows = await tx.$queryRaw<{ attempt: number }[]>`
    UPDATE jobs SET checkpoint = ${checkpoint}::jsonb,
      attempt = CASE WHEN checkpoint IS DISTINCT FROM ${checkpoint}::jsonb THEN 1 ELSE attempt END,
      crashes = CASE WHEN checkpoint IS DISTINCT FROM ${checkpoint}::jsonb THEN 0 ELSE crashes END
    WHERE tenant_id = ${lease.tenantId} AND id = ${lease.jobId} AND lease_token = ${lease.token} AND state = 'running'
    RETURNING attempt`;
  heldBy(rows.length);
  return rows[0]?.attempt ?? 1;
}

export async function saveProgress(db: Database, lease: Lease, progress: JobProgress): Promise<void> {
  const affected = await db.tenant(
    lease.tenantId,
    (tx) => tx.$executeRaw`
      UPDATE jobs SET progress = ${JSON.stringify(progress)}::jsonb
      WHERE tenant_id = ${lease.tenantId} AND id = ${lease.jobId} AND lease_token = ${lease.token} AND state = 'running'`,
  );
  heldBy(affected);
}

export type JobEnd =
  | { state: 'done'; result: unknown }
  | { state: 'failed'; error: { code: string; message: string; hint: string } }
  | { state: 'canceled' };

/** Ends the job for good. Its words may quote what somebody uploaded: they are made storable, or the end could never be written. */
export async function finishJob(db: Database, lease: Lease, end: JobEnd): Promise<void> {
  const result = end.state === 'done' ? JSON.stringify(toStorable(end.result ?? null)) : null;
  const error = end.state === 'failed' ? JSON.stringify(toStorable(end.error)) : null;
  await db.tenant(lease.tenantId, async (tx) => {
    const affected = await tx.$executeRaw`
      UPDATE jobs SET state = ${end.state}, result = ${result}::jsonb, error = ${error}::jsonb, finished_at = clock_timestamp(),
        lease_token = NULL, lease_until = NULL
      WHERE tenant_id = ${lease.tenantId} AND id = ${lease.jobId} AND lease_token = ${lease.token} AND state = 'running'`;
    heldBy(affected);
    if (end.state !== 'done') await endWhatItMade(tx, lease.jobId, end.state);
  });
}

export type PutBack = {
  /** Seconds until it may run again. */
  delaySeconds: number;
  error?: { code: string; message: string; hint: string };
  /** False for a shutdown: the run was not the job's fault and does not count as an attempt. */
  countsAsAttempt: boolean;
};

/** Puts the job back into the queue with its checkpoint. */
export async function putBackJob(
  db: Database,
  lease: Lease,
  { delaySeconds, error, countsAsAttempt }: PutBack,
): Promise<void> {
  const affected = await db.tenant(
    lease.tenantId,
    (tx) => tx.$executeRaw`
      UPDATE jobs SET state = 'queued', attempt = greatest(0, attempt - ${countsAsAttempt ? 0 : 1}::int),
        run_after = now() + make_interval(secs => ${delaySeconds}), error = ${error ? JSON.stringify(toStorable(error)) : null}::jsonb,
        lease_token = NULL, lease_until = NULL
      WHERE tenant_id = ${lease.tenantId} AND id = ${lease.jobId} AND lease_token = ${lease.token} AND state = 'running'`,
  );
  heldBy(affected);
}
