import os from 'node:os';
import { z } from 'zod';

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(7700),
  HOST: z.string().default('127.0.0.1'),
  ENGINE_DATA: z.string().min(1),
  ENGINE_THREADS: z.coerce.number().int().min(1).max(64).default(Math.max(1, os.availableParallelism())),
  /** Collections with more points than this are indexed with HNSW. */
  ENGINE_HNSW_FROM: z.coerce.number().int().min(1).default(50_000),
  LOG_LEVEL: z.string().default('info'),
});

export type EngineEnv = z.infer<typeof schema>;
export const readEnv = (env: NodeJS.ProcessEnv): EngineEnv => schema.parse(env);
