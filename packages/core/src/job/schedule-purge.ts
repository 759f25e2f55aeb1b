import type { Deps } from '../context.ts';
import { withOldUploads } from '../import/purge-uploads.ts';
import { overdueAt } from '../query-image/purge-query-images.ts';
import { enqueueJob } from './enqueue-job.ts';

/** Asks for one purge in each tenant that keeps query photos or files of ended imports beyond their time. Returns how many tenants do. */
export async function schedulePurge(deps: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const tenants = await deps.db.system((tx) => tx.tenant.findMany({ select: { id: true } }));
  let asked = 0;
  for (const { id: tenantId } of tenants) {
    const actor = { type: 'job' as const, id: 'schedule', permissions: new Set<never>() };
    asked += await deps.db.tenant(tenantId, async (tx) => {
      const expired = await tx.queryImage.findFirst({
        where: overdueAt(deps.clock.now()),
        select: { id: true },
      });
      if (!expired && (await withOldUploads(tx, deps.clock.now(), 1)).length === 0) return 0;
      await enqueueJob(
        tx,
        { tenantId, actor },
        { kind: 'purge-query-images', payload: {}, dedupeKey: 'purge' },
      );
      return 1;
    });
  }
  return asked;
}
