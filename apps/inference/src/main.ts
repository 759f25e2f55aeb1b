import path from 'node:path';
import v8 from 'node:v8';
import { builtinModels } from '@likeness/vision/models/builtin';
import { ModelStore } from '@likeness/vision/registry/model-store';
import { SessionPool } from '@likeness/vision/runtime/session-pool';
import pino from 'pino';
import { DecodePool } from './decode/decode-pool.ts';
import { RasterCache } from './decode/raster-cache.ts';
import { readEnv } from './env.ts';
import { createInferenceServer } from './http/server.ts';
import { VisionService } from './lanes/vision-service.ts';

// Pictures pass through as memory outside of the heap, which V8 answers by marking the whole heap in the background every
// few pictures: 2 ms of a core each. Its heap is small (20 MB), so it is marked at once when it must be.
v8.setFlagsFromString('--no-incremental-marking');

const env = readEnv(process.env);
const log = pino({ name: 'inference', level: env.LOG_LEVEL });
const builtin = builtinModels();
const store = new ModelStore(path.join(env.LIKENESS_DATA, 'models-cache'));
for (const { sha256, bytes } of builtin) if (bytes && !store.find(sha256)) store.put(sha256, bytes);
const parts = {
  decoder: new DecodePool({
    processes: env.DECODE_PROCESSES,
    seconds: env.DECODE_SECONDS,
    megabytes: env.DECODE_MEGABYTES,
  }),
  sessions: new SessionPool({ threads: env.INFERENCE_THREADS, provider: env.INFERENCE_PROVIDER }),
  store,
  rasters: new RasterCache(env.RASTER_CACHE_MEGABYTES),
};
const app = createInferenceServer({
  service: new VisionService(parts),
  parts,
  builtin,
  report: (error) => log.error({ err: error }, 'call failed'),
});
await app.listen({ port: env.PORT, host: env.HOST });
log.info({ port: env.PORT }, 'listening');

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, async () => {
    setTimeout(() => process.exit(0), 5000).unref();
    await app.close();
    parts.decoder.close();
    await parts.sessions.close();
    process.exit(0);
  });
}
