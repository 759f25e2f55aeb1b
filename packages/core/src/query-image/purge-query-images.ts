import type { JobRun } from '../job/job-run.ts';

const BATCH = 200;

/**
 * Deletes query photos whose time is over: bytes first, then their rows, so that a run that dies leaves no bytes
 * that nobody knows of. Returns how many photos went.
 */
export async function purgeQueryImages(run: JobRun<'purge-query-images'>): Promise<{ purged: number }> {
  const { deps, tenantId } = run.ctx;
  let purged = 0;
  for (;;) {
    run.signal.throwIfAborted();
    const now = new Date(deps.clock.now());
    const rows = await deps.db.tenant(tenantId, (tx) =>
      tx.queryImage.findMany({
        where: { expiresAt: { lt: now } },
        select: { id: true, originalKey: true, displayKey: true },
        take: BATCH,
      }),
    );
    if (rows.length === 0) return { purged };
    for (const key of rows.flatMap((row) => [row.originalKey, row.displayKey]))
      if (key) await deps.objects.delete(key);
    const { count } = await deps.db.tenant(tenantId, async (tx) => {
      await run.assertLease(tx);
      return tx.queryImage.deleteMany({ where: { id: { in: rows.map((row) => row.id) } } });
    });
    purged += count;
    run.progress({ phase: 'purge', done: purged, total: purged + (rows.length < BATCH ? 0 : BATCH) });
  }
}
