import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from './cli-error.ts';
import type { Client } from './client.ts';

export type JobAnswer = {
  job_id: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'canceled';
  progress: { phase?: string; done: number; total: number; eta_seconds: number | null };
  result?: unknown;
  error?: { code: string; message: string; hint: string };
};

/** Answers that say nothing of the job: it goes on, or waits, while the product restarts or is busy. */
const PASSING = new Set([
  'not_running',
  'database_unavailable',
  'engine_unavailable',
  'inference_unavailable',
  'overloaded',
  'rate_limited',
  'deadline_exceeded',
]);
const PATIENCE_MS = 120_000;

/**
 * Follows a job to its end with progress on stderr and gives its result; a failed job becomes an error. Where the product
 * does not answer for a while, it is asked again; after `patienceMs` the error says how to ask for the job later.
 */
export async function waitJob(client: Client, jobId: string, patienceMs = PATIENCE_MS): Promise<unknown> {
  let shown = '';
  let heardAt = Date.now();
  for (let pauseMs = 100; ; pauseMs = Math.min(1000, pauseMs * 1.3)) {
    const job = await client.get<JobAnswer>(`/v1/jobs/${jobId}`).catch((error) => {
      if (!(error instanceof CliError) || !PASSING.has(error.code)) throw error;
      if (Date.now() - heardAt < patienceMs) return null;
      const hint = `The job goes on; ask for it with: npx likeness job ${jobId}`;
      throw new CliError(error.code, error.message, hint, error.requestId);
    });
    if (job === null) {
      await sleep(pauseMs);
      continue;
    }
    heardAt = Date.now();
    if (job.state === 'done') return job.result;
    if (job.state === 'failed' || job.state === 'canceled') {
      const error = job.error ?? { code: job.state, message: `The job was ${job.state}.`, hint: '' };
      throw new CliError(error.code, error.message, error.hint);
    }
    const line = progressLine(job);
    if (line !== shown) process.stderr.write(`${line}\n`);
    shown = line;
    await sleep(pauseMs);
  }
}

function progressLine(job: JobAnswer): string {
  const { phase, done, total, eta_seconds: eta } = job.progress;
  const left = eta === null || eta === undefined ? '' : `, about ${Math.round(eta)} s left`;
  return total ? `${phase ?? job.state}: ${done} of ${total}${left}` : job.state;
}
