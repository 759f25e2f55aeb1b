import type { Tx } from '@likeness/db/database';
import type { Ctx } from '../context.ts';
import { enqueueJob } from '../job/enqueue-job.ts';

/**
 * Photos kept before the tenant's hours were lowered go by the new hours too: their time ends no later than `hours` after
 * they came, and those whose time is over by now are deleted by a job that is asked for here. Higher hours lengthen nothing.
 */
export async function shortenRetention(tx: Tx, ctx: Ctx, hours: number): Promise<void> {
  const seconds = hours * 3600;
  const shortened = await tx.$executeRaw`
    UPDATE query_images SET expires_at = created_at + make_interval(secs => ${seconds}::float8)
    WHERE tenant_id = ${ctx.tenantId} AND expires_at > created_at + make_interval(secs => ${seconds}::float8)`;
  if (shortened > 0)
    await enqueueJob(tx, ctx, { kind: 'purge-query-images', payload: {}, dedupeKey: 'purge' });
}
