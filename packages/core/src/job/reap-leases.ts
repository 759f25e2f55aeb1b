import type { Database } from '@likeness/db/database';
import { endWhatItMade } from './end-what-it-made.ts';

type Reaped = { tenant_id: string; id: string; state: 'queued' | 'failed' | 'canceled' };

const POISON = {
  code: 'internal',
  message: 'The worker died each time it ran this job.',
  hint: 'The job is parked. Look at the worker log of its attempts.',
};

/**
 * Takes jobs back whose worker went silent: each waits again for its next attempt, is parked as `failed` after the
 * last one, or is canceled when that was asked. Returns how many.
 */
export async function reapLeases(db: Database): Promise<number> {
  const rows = await db.system(
    (tx) => tx.$queryRaw<Reaped[]>`
      UPDATE jobs SET
        state = CASE WHEN cancel_requested_at IS NOT NULL THEN 'canceled'
                     WHEN attempt >= max_attempts THEN 'failed' ELSE 'queued' END,
        error = CASE WHEN cancel_requested_at IS NULL AND attempt >= max_attempts THEN ${JSON.stringify(POISON)}::jsonb ELSE error END,
        finished_at = CASE WHEN cancel_requested_at IS NOT NULL OR attempt >= max_attempts THEN now() END,
        crashes = crashes + 1, run_after = now(), lease_token = NULL, lease_until = NULL
      WHERE (tenant_id, id) IN (
        SELECT tenant_id, id FROM jobs WHERE state = 'running' AND lease_until < now()
        ORDER BY lease_until LIMIT 100 FOR UPDATE SKIP LOCKED)
      RETURNING tenant_id, id, state`,
  );
  for (const { tenant_id: tenantId, id, state } of rows)
    if (state !== 'queued') await db.tenant(tenantId, (tx) => endWhatItMade(tx, id, state));
  return rows.length;
}
