import { composeDeps } from '@likeness/core/adapters/compose-deps';
import pino from 'pino';
import { readEnv } from './env.ts';
import { jobs } from './jobs/registry.ts';
import { runWorker } from './runtime/run-worker.ts';

const env = readEnv(process.env);
const log = pino({ level: env.LOG_LEVEL, name: 'worker' });
const deps = await composeDeps(process.env, { log });
await runWorker({
  deps,
  registry: jobs,
  concurrency: env.WORKER_CONCURRENCY,
  isOnlyOne: env.WORKER_IS_ONLY_ONE === '1',
});
