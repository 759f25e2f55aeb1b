import type { Tx } from '@likeness/db/database';
import type { JobModel } from '@likeness/db/generated/models/Job';
import type { JobRun } from '../job/job-run.ts';
import { uploadsOf } from './uploads-of.ts';

/** How long the files of an import that was stopped or failed wait to be gone on with. */
export const UPLOADS_KEPT_MS = 7 * 24 * 3_600_000;
const BATCH = 100;

/** Imports that ended before they were done so long ago that nobody goes on with them, and whose files are still there. */
export function withOldUploads(
  tx: Tx,
  nowMs: number,
  take: number,
): Promise<Pick<JobModel, 'id' | 'payload'>[]> {
  return tx.$queryRaw`
    SELECT id, payload FROM jobs
    WHERE kind = 'import-catalog' AND state IN ('canceled', 'failed') AND finished_at < ${new Date(nowMs - UPLOADS_KEPT_MS)}
      AND (payload ->> 'tableKey' IS NOT NULL OR payload ->> 'archiveKey' IS NOT NULL)
    ORDER BY finished_at LIMIT ${take}`;
}

/** Deletes them: the files first, then their names. Returns of how many imports. */
export async function purgeUploads(run: JobRun<'purge-query-images'>): Promise<number> {
  const { deps, tenantId } = run.ctx;
  let purged = 0;
  for (;;) {
    run.signal.throwIfAborted();
    const imports = await deps.db.tenant(tenantId, (tx) => withOldUploads(tx, deps.clock.now(), BATCH));
    for (const key of imports.flatMap(({ payload }) => uploadsOf(payload))) await deps.objects.delete(key);
    await deps.db.tenant(tenantId, async (tx) => {
      await run.assertLease(tx);
      for (const { id } of imports)
        await tx.$executeRaw`
          UPDATE jobs SET payload = payload || '{"tableKey": null, "archiveKey": null}' WHERE id = ${id}`;
    });
    purged += imports.length;
    if (imports.length < BATCH) return purged;
  }
}
