// A real worker process whose jobs do nothing but leave traces in the table `effects`. Started by worker.test.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@likeness/contracts/errors';
import type { Deps } from '@likeness/core/context';
import type { JobHandler } from '@likeness/core/job/job-run';
import { systemClock } from '@likeness/core/ports/clock';
import { silentLog } from '@likeness/core/ports/log';
import { openDatabase } from '@likeness/db/database';
import { runWorker } from '../../apps/worker/src/runtime/run-worker.ts';

const {
  DATABASE_URL: appUrl = '',
  DATABASE_SYSTEM_URL: systemUrl = '',
  LEASE_SECONDS = '30',
  CONCURRENCY = '2',
} = process.env;
const log = process.env.LOG_LEVEL === 'info' ? { info: print, warn: print, error: print } : silentLog;
const db = openDatabase({ appUrl, systemUrl, poolMax: 4 });
const deps = { db, clock: systemClock, log, secrets: { keyPepper: 'test' } } as unknown as Deps;

function print(fields: Record<string, unknown>, message: string): void {
  process.stderr.write(`${process.pid} ${message} ${JSON.stringify(fields)} ${String(fields.err ?? '')}\n`);
}

/** `catalogId` says what the job does, `products` how many steps it has, `seed` how many ms each takes. */
const job: JobHandler<'seed-sample'> = async (run) => {
  const { catalogId: mode, products: steps, seed: stepMs } = run.payload;
  if (mode === 'poison') {
    await sleep(stepMs);
    process.kill(process.pid, 'SIGKILL');
  }
  if (mode === 'plain') return sleep(stepMs, null, { signal: run.signal }); // no checkpoint
  if (mode === 'refuse') throw new AppError('invalid_csv', { message: 'line 3' });
  if (mode === 'unstorable') throw new AppError('invalid_csv', { message: 'a\0b \uD83D' });
  if (mode === 'unwritable') return { count: 1n }; // no JSON holds it
  if (mode === 'flaky' && run.attempt === 1) throw new Error('secret inner detail');
  const first = (run.checkpoint as { step: number } | null)?.step ?? 0;
  for (let step = first; step < steps; step++) {
    await sleep(stepMs, undefined, mode === 'stubborn' ? {} : { signal: run.signal });
    await run.ctx.deps.db.tenant(run.ctx.tenantId, async (tx) => {
      await tx.$executeRaw`INSERT INTO effects (tenant_id, job_id, step, attempt) VALUES (${run.ctx.tenantId}, ${run.jobId}, ${step}, ${run.attempt})`;
      await run.saveCheckpoint({ step: step + 1 }, tx);
    });
    run.progress({ phase: 'steps', done: step + 1, total: steps });
  }
  return { steps };
};

/** The short work of the other lane. */
const express: JobHandler<'purge-query-images'> = async () => ({ express: true });

const registry = { 'seed-sample': job, 'purge-query-images': express };
await runWorker({
  deps,
  registry,
  concurrency: Number(CONCURRENCY),
  leaseSeconds: Number(LEASE_SECONDS),
  isOnlyOne: process.env.IS_ONLY_ONE === '1',
});
process.stdout.write('up\n');
