import { newId } from '@likeness/contracts/ids';
import { JOB_DEFINITIONS, type JobKind, type JobPayload } from '@likeness/contracts/jobs';
import type { Tx } from '@likeness/db/database';
import type { Ctx } from '../context.ts';

export type EnqueueJobInput<K extends JobKind = JobKind> = {
  kind: K;
  payload: JobPayload<K>;
  catalogId?: string | null;
  /** While a job of this kind and key waits or runs, it is the answer and no second one is made. */
  dedupeKey?: string | null;
  runAfter?: Date;
};

/**
 * Asks for background work in the caller's transaction: it exists if and only if the caller's write does, and
 * workers wake at commit. `created` is false when `dedupeKey` found a job that waits or runs.
 */
export async function enqueueJob<K extends JobKind>(
  tx: Tx,
  ctx: Pick<Ctx, 'tenantId' | 'actor'>,
  input: EnqueueJobInput<K>,
): Promise<{ jobId: string; created: boolean }> {
  const definition = JOB_DEFINITIONS[input.kind];
  const payload = JSON.stringify(definition.payload.parse(input.payload));
  const jobId = newId('job');
  const dedupeKey = input.dedupeKey ?? null;
  const made = await tx.$executeRaw`
    INSERT INTO jobs (tenant_id, id, kind, payload, catalog_id, max_attempts, dedupe_key, requested_by, run_after)
    VALUES (${ctx.tenantId}, ${jobId}, ${input.kind}, ${payload}::jsonb, ${input.catalogId ?? null},
            ${definition.maxAttempts}, ${dedupeKey}, ${`${ctx.actor.type}:${ctx.actor.id}`}, coalesce(${input.runAfter ?? null}::timestamptz, now()))
    ON CONFLICT (tenant_id, kind, dedupe_key) WHERE dedupe_key IS NOT NULL AND state IN ('queued', 'running') DO NOTHING`;
  if (made === 1) return { jobId, created: true };
  const active = await tx.job.findFirst({
    where: { kind: input.kind, dedupeKey, state: { in: ['queued', 'running'] } },
    select: { id: true },
  });
  // It ended between the two statements: nothing blocks a new one any more.
  if (!active) return enqueueJob(tx, ctx, input);
  return { jobId: active.id, created: false };
}
