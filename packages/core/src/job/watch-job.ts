import { AppError } from '@likeness/contracts/errors';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { isOver, type JobView, toJobView } from './job-view.ts';

const POLL_MS = 2000;

export type WatchJobInput = {
  jobId: string;
  /** `version` of the last view the caller has seen: it gets only newer ones, so that a reconnect repeats none. */
  afterVersion?: number;
  signal?: AbortSignal;
};

/**
 * The job now and after each change, until it is over or `signal` aborts. Woken by the database, and by a poll every
 * 2 s in case a wake-up was lost. Every read is the tenant's own. Error: `not_found` before the first view.
 */
export async function* watchJob(ctx: Ctx, input: WatchJobInput): AsyncGenerator<JobView> {
  requirePermission(ctx, 'jobs:read');
  const { db } = ctx.deps;
  const wake = new WakeUp();
  const stopListening = await db.listen('job_changed', (payload) => {
    if (payload === '' || payload === `${ctx.tenantId} ${input.jobId}`) wake.ring();
  });
  const onAbort = (): void => wake.ring();
  input.signal?.addEventListener('abort', onAbort, { once: true });
  let seen = input.afterVersion ?? 0;
  try {
    while (!input.signal?.aborted) {
      const row = await db.tenant(ctx.tenantId, (tx) => tx.job.findFirst({ where: { id: input.jobId } }));
      if (!row) throw new AppError('not_found');
      const view = toJobView(row);
      if (view.version > seen) {
        seen = view.version;
        yield view;
      }
      if (isOver(view.state)) return;
      await wake.within(POLL_MS);
    }
  } finally {
    input.signal?.removeEventListener('abort', onAbort);
    await stopListening();
  }
}

/** A bell that keeps one ring while nobody waits. */
class WakeUp {
  #rung = false;
  #wake: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  async within(ms: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wake = null;
    this.#rung = false;
  }
}
