import path from 'node:path';
import { openDatabase } from '@likeness/db/database';
import { createEmbeddedEngine } from '@likeness/search-core/engines/embedded/embedded-engine';
import { z } from 'zod';
import type { Deps } from '../context.ts';
import { systemClock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { createInferenceClient } from './inference-client.ts';
import { createLocalObjectStore } from './local-object-store.ts';

const schema = z.object({
  LIKENESS_DATA: z.string().min(1),
  DATABASE_URL: z.string().min(1),
  DATABASE_SYSTEM_URL: z.string().min(1),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(12),
  INFERENCE_URL: z.url(),
  ENGINE_URL: z.url(),
  KEY_PEPPER: z.string().min(16),
});

/** Everything outside the verbs, from a process's environment; one call in each process. */
export async function composeDeps(env: NodeJS.ProcessEnv, options: { log: Log }): Promise<Deps> {
  const settings = schema.parse(env);
  const objects = createLocalObjectStore({ dir: path.join(settings.LIKENESS_DATA, 'objects') });
  return {
    db: openDatabase({
      appUrl: settings.DATABASE_URL,
      systemUrl: settings.DATABASE_SYSTEM_URL,
      poolMax: settings.DATABASE_POOL,
    }),
    vision: createInferenceClient({ url: settings.INFERENCE_URL, objects }),
    engine: createEmbeddedEngine({ url: settings.ENGINE_URL }),
    objects,
    clock: systemClock,
    log: options.log,
    secrets: { keyPepper: settings.KEY_PEPPER },
  };
}
