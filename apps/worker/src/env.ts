import { z } from 'zod';

const schema = z.object({
  LIKENESS_DATA: z.string().min(1),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** How many jobs run at once in this process. */
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(2),
  /** 1 where no other worker shares the database: then a lease that stands at the start is a dead worker's. */
  WORKER_IS_ONLY_ONE: z.enum(['0', '1']).default('0'),
});

export type WorkerEnv = z.infer<typeof schema>;

/** What this process itself reads; addresses and secrets are read by the composition of its dependencies. */
export function readEnv(env: NodeJS.ProcessEnv): WorkerEnv {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`environment variable ${issue?.path.join('.')}: ${issue?.message}`);
}
