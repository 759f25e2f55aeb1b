import { readFileSync } from 'node:fs';
import v8 from 'node:v8';
import { ModelStore } from '@likeness/vision/registry/model-store';
import { SessionPool } from '@likeness/vision/runtime/session-pool';
import { DecodePool } from '../../apps/inference/src/decode/decode-pool.ts';
import { RasterCache } from '../../apps/inference/src/decode/raster-cache.ts';
import { readEnv } from '../../apps/inference/src/env.ts';
import { VisionService } from '../../apps/inference/src/lanes/vision-service.ts';

v8.setFlagsFromString('--no-incremental-marking'); // as apps/inference/src/main.ts

/** What apps/inference is without its wire. */
export function makeService(how: { sha256: string; file: string; models: string }): {
  service: VisionService;
  close(): void;
} {
  const store = new ModelStore(how.models);
  store.put(how.sha256, readFileSync(how.file));
  const { DECODE_PROCESSES, DECODE_SECONDS, DECODE_MEGABYTES, INFERENCE_THREADS } = readEnv({});
  const decoder = new DecodePool({
    processes: DECODE_PROCESSES,
    seconds: DECODE_SECONDS,
    megabytes: DECODE_MEGABYTES,
  });
  const sessions = new SessionPool({ threads: INFERENCE_THREADS, provider: 'cpu' });
  const service = new VisionService({ decoder, sessions, store, rasters: new RasterCache(64) });
  const close = (): void => {
    decoder.close();
    void sessions.close();
  };
  return { service, close };
}
