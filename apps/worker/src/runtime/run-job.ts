import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { JOB_DEFINITIONS, type JobKind } from '@likeness/contracts/jobs';
import { PERMISSIONS } from '@likeness/contracts/permissions';
import type { Ctx, Deps } from '@likeness/core/context';
import type { ClaimedJob } from '@likeness/core/job/claim-job';
import { type JobHandler, type JobRun, type JobTx, LeaseLost } from '@likeness/core/job/job-run';
import {
  assertLease,
  finishJob,
  putBackJob,
  saveCheckpoint,
  saveProgress,
} from '@likeness/core/job/leased-writes';
import { JobAborted } from './job-aborted.ts';
import { judgeFailure } from './judge-failure.ts';
import { ProgressMeter } from './progress-meter.ts';
import { ProgressWriter } from './progress-writer.ts';

/** A handler that does not heed its signal is left behind after this long; its writes are fenced off. */
const GRACE_MS = 2000;
/** How long the last word of a run is tried while the database is away. */
const LAST_WORD_MS = 20_000;
/** How often an end is tried that the database answers and refuses: it will not hold it, however long we wait. */
const REFUSALS_MAX = 3;

export type RunJobInput = {
  deps: Deps;
  claimed: ClaimedJob;
  handler: JobHandler;
  controller: AbortController;
  /** Called after each checkpoint with the number of the run since the last new one; 1 = the job gets on. */
  onCheckpoint: (attempt: number) => void;
};

/** Runs a claimed job and writes how it ended. Never rejects. */
export async function runJob(input: RunJobInput): Promise<void> {
  const { deps, claimed, handler, controller } = input;
  const { lease, kind, attempt } = claimed;
  const log = { job_id: lease.jobId, tenant_id: lease.tenantId, kind, attempt };
  const writer = progressWriter(deps, claimed, controller);
  const timer = startTimeLimit(kind, controller);
  const started = deps.clock.now();
  deps.log.info(log, 'job started');
  let outcome: Outcome;
  try {
    outcome = {
      result: await untilAborted(handler(makeRun(input, writer)), controller.signal),
    };
  } catch (thrown) {
    outcome = { thrown };
  }
  clearTimeout(timer);
  await writer.flush();
  const say = await lastWord(outcome, input);
  const fields = {
    ...log,
    ms: deps.clock.now() - started,
    ...('thrown' in outcome ? { err: outcome.thrown } : {}),
  };
  deps.log.info(fields, `job ${say}`);
}

type Outcome = { result: unknown } | { thrown: unknown };

/** Writes the end of the run; answers a word for the log. */
async function end(outcome: Outcome, { deps, claimed, controller }: RunJobInput): Promise<string> {
  const { db } = deps;
  const { lease } = claimed;
  if ('result' in outcome) {
    await finishJob(db, lease, { state: 'done', result: outcome.result });
    return 'done';
  }
  const { thrown } = outcome;
  const cause = controller.signal.reason instanceof JobAborted ? controller.signal.reason.abortCause : null;
  if (cause === 'lease_lost' || thrown instanceof LeaseLost) return 'left to another run';
  if (cause === 'canceled') {
    await finishJob(db, lease, { state: 'canceled' });
    return 'canceled';
  }
  if (cause === 'shutdown') {
    await putBackJob(db, lease, { delaySeconds: 0, countsAsAttempt: false });
    return 'handed back';
  }
  const verdict = judgeFailure(thrown, claimed);
  if (verdict.isFinal || cause === 'timeout') {
    await finishJob(db, lease, { state: 'failed', error: verdict.error });
    return 'failed';
  }
  await putBackJob(db, lease, {
    delaySeconds: verdict.delaySeconds,
    error: verdict.error,
    countsAsAttempt: verdict.countsAsAttempt,
  });
  return `failed, again in ${verdict.delaySeconds} s`;
}

function makeRun({ deps, claimed, controller, onCheckpoint }: RunJobInput, writer: ProgressWriter): JobRun {
  const { lease } = claimed;
  const { signal } = controller;
  const meter = new ProgressMeter(claimed.progress, () => deps.clock.now());
  const ctx: Ctx = {
    tenantId: lease.tenantId,
    actor: { type: 'job', id: lease.jobId, permissions: new Set(PERMISSIONS) },
    requestId: newId('request'),
    deps,
    signal,
  };
  return {
    ctx,
    jobId: lease.jobId,
    attempt: claimed.attempt,
    payload: JOB_DEFINITIONS[claimed.kind as JobKind].payload.parse(claimed.payload) as JobRun['payload'],
    checkpoint: claimed.checkpoint,
    signal,
    progress: (at) => writer.put(meter.report(at)),
    saveCheckpoint: async (value, tx) => {
      const save = (own: JobTx): Promise<number> => saveCheckpoint(own, lease, value);
      claimed.attempt = await (tx ? save(tx) : deps.db.tenant(lease.tenantId, save));
      onCheckpoint(claimed.attempt);
    },
    assertLease: (tx) =>
      tx ? assertLease(tx, lease) : deps.db.tenant(lease.tenantId, (own) => assertLease(own, lease)),
  };
}

function progressWriter(deps: Deps, { lease }: ClaimedJob, controller: AbortController): ProgressWriter {
  return new ProgressWriter(async (progress) => {
    try {
      await saveProgress(deps.db, lease, progress);
    } catch (error) {
      if (error instanceof LeaseLost) controller.abort(new JobAborted('lease_lost'));
    }
  });
}

function startTimeLimit(kind: string, controller: AbortController): NodeJS.Timeout {
  const { timeoutSeconds } = JOB_DEFINITIONS[kind as JobKind];
  return setTimeout(() => controller.abort(new JobAborted('timeout')), timeoutSeconds * 1000).unref();
}

/** The handler's own end, or the abort's reason when it has not ended 2 s after the abort. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => {}); // once left behind, nobody else looks
  const left = new Promise<never>((_, reject) => {
    const giveUp = (): void =>
      void sleep(GRACE_MS, undefined, { ref: false }).then(() => reject(signal.reason));
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
  left.catch(() => {});
  return Promise.race([work, left]);
}

/**
 * Writes the end of the run, again while the database is away; the lease's end sets the limit, after it the job is
 * another run's. An end that cannot be written counts as a failed attempt, so that no job loops for ever.
 */
async function lastWord(outcome: Outcome, input: RunJobInput): Promise<string> {
  const deadline = Date.now() + LAST_WORD_MS;
  let refusals = 0;
  for (let said = outcome; ; ) {
    try {
      return await end(said, input);
    } catch (error) {
      if (error instanceof LeaseLost) return 'left to another run';
      const isAway = error instanceof AppError && error.status === 503;
      if (!isAway && ++refusals === REFUSALS_MAX) {
        said = { thrown: new AppError('internal', { cause: error }) };
        input.deps.log.error(
          { err: error, job_id: input.claimed.lease.jobId },
          'the end of a job was refused',
        );
      }
      if (Date.now() > deadline) return `ended, which could not be written: ${(error as Error).message}`;
      await sleep(500);
    }
  }
}
