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

/** Follows a job to its end with progress on stderr and gives its result; a failed job becomes an error. */
export async function waitJob(client: Client, jobId: string): Promise<unknown> {
  let shown = '';
  for (let pauseMs = 100; ; pauseMs = Math.min(1000, pauseMs * 1.3)) {
    const job = await client.get<JobAnswer>(`/v1/jobs/${jobId}`);
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
