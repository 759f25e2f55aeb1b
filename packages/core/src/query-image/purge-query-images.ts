import type { Tx } from '@likeness/db/database';
import { purgeUploads } from '../import/purge-uploads.ts';
import type { JobRun } from '../job/job-run.ts';

const BATCH = 200;
/** How long an id whose photo is gone still answers `image_expired` rather than `not_found`. */
const REMEMBERED_MS = 30 * 24 * 3_600_000;

/** Photos whose time is over and whose bytes are still kept. */
export function overdueAt(nowMs: number) {
  return { expiresAt: { lt: new Date(nowMs) }, originalKey: { not: '' } };
}

/**
 * Deletes query photos whose time is over: bytes first, then what their rows say about them, so that a run that dies
 * leaves no bytes that nobody knows of. The bare id stays for 30 days. With them go files of imports that nobody went
 * on with. Returns how many photos went.
 */
export async function purgeQueryImages(run: JobRun<'purge-query-images'>): Promise<{ purged: number }> {
  await purgeUploads(run);
  const { deps, tenantId } = run.ctx;
  let purged = 0;
  for (;;) {
    run.signal.throwIfAborted();
    const nowMs = deps.clock.now();
    const rows = await deps.db.tenant(tenantId, (tx) =>
      tx.queryImage.findMany({
        where: overdueAt(nowMs),
        select: { id: true, originalKey: true, displayKey: true },
        take: BATCH,
      }),
    );
    for (const key of rows.flatMap((row) => [row.originalKey, row.displayKey]))
      if (key) await deps.objects.delete(key);
    await deps.db.tenant(tenantId, async (tx) => {
      await run.assertLease(tx);
      await forget(
        tx,
        rows.map((row) => row.id),
      );
      await tx.queryImage.deleteMany({
        where: { expiresAt: { lt: new Date(nowMs - REMEMBERED_MS) }, originalKey: '' },
      });
    });
    purged += rows.length;
    run.progress({ phase: 'purge', done: purged, total: purged });
    if (rows.length < BATCH) return { purged };
  }
}

async function forget(tx: Tx, ids: string[]): Promise<void> {
  await tx.queryImage.updateMany({
    where: { id: { in: ids } },
    data: { originalKey: '', displayKey: null, sha256: '', width: 0, height: 0 },
  });
}
