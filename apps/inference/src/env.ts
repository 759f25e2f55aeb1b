import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const cores = os.availableParallelism();
const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(7800),
  HOST: z.string().default('127.0.0.1'),
  LIKENESS_DATA: z.string().default(path.join(os.tmpdir(), 'likeness-inference')),
  /** Threads with model sessions; each runs one thread of its own. */
  INFERENCE_THREADS: z.coerce.number().int().min(1).max(128).default(cores),
  /** Child processes that decode. */
  DECODE_PROCESSES: z.coerce.number().int().min(1).max(64).default(Math.max(2, cores)),
  DECODE_SECONDS: z.coerce.number().min(0.1).default(4.5),
  DECODE_MEGABYTES: z.coerce.number().min(64).default(1000),
  RASTER_CACHE_MEGABYTES: z.coerce.number().min(0).default(256),
  /** `cpu`, or `cuda` where onnxruntime's CUDA libraries are installed. */
  INFERENCE_PROVIDER: z.enum(['cpu', 'cuda']).default('cpu'),
  LOG_LEVEL: z.string().default('info'),
});

export type InferenceEnv = z.infer<typeof schema>;
export const readEnv = (env: NodeJS.ProcessEnv): InferenceEnv => schema.parse(env);
