import type { JobKind, JobPayload } from '@likeness/contracts/jobs';
import type { Tx } from '@likeness/db/database';
import type { Ctx } from '../context.ts';

/** Names one run of one job. Every write of the run carries the token: once the lease is lost it changes nothing. */
export type Lease = { tenantId: string; jobId: string; token: string };

/** The transaction type of `Database`, for processes that see the database through core alone. */
export type JobTx = Tx;

export type JobRun<K extends JobKind = JobKind> = {
  /** The tenant's context, as actor `job`; `ctx.signal` is `signal`. */
  ctx: Ctx;
  jobId: string;
  /** 1 for the first run since the last new checkpoint. A run that a shutdown handed back does not count. */
  attempt: number;
  payload: JobPayload<K>;
  /** What the last run saved, or null. */
  checkpoint: unknown;
  /** Saves where to go on. Give the transaction of the work itself, so that both happen or neither. */
  saveCheckpoint(value: unknown, tx?: Tx): Promise<void>;
  /** Cheap: written at most twice a second. Within a phase `done` never goes back. */
  progress(at: { phase: string; done: number; total: number }): void;
  /** Throws `LeaseLost` when another run owns the job; with `tx` it holds the job until that transaction ends. */
  assertLease(tx?: Tx): Promise<void>;
  /** Aborted by cancel, by a lost lease and by shutdown: save a checkpoint and throw within 2 s. */
  signal: AbortSignal;
};

/** Runs a job to its end; the value is the job's result. Must be safe to run again from its checkpoint. */
export type JobHandler<K extends JobKind = JobKind> = (run: JobRun<K>) => Promise<unknown>;
export type JobRegistry = { readonly [K in JobKind]?: JobHandler<K> };

/** Another run owns the job by now, or it is over: stop without a trace. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}
