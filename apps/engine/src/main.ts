import pino from 'pino';
import { Registry } from './collections/registry.ts';
import { readEnv } from './env.ts';
import { createEngineServer } from './http/server.ts';
import { buildIndexInThread } from './threads/build-index.ts';
import { SearchPool } from './threads/search-pool.ts';

const env = readEnv(process.env);
const log = pino({ name: 'engine', level: env.LOG_LEVEL });
const pool = new SearchPool(env.ENGINE_THREADS);
const registry = new Registry(env.ENGINE_DATA, {
  threads: env.ENGINE_THREADS,
  hnswFrom: env.ENGINE_HNSW_FROM,
  buildIndex: buildIndexInThread,
  report: (error) => log.error({ err: error }, 'a collection could not be sealed anew'),
});
const server = createEngineServer({ registry, pool }, (error) => log.error({ err: error }, 'call failed'));

server.listen(env.PORT, env.HOST, () => log.info({ address: server.address() }, 'listening'));

const IDLE_MS = 30 * 60_000;
setInterval(() => {
  for (const name of registry.closeIdle(Date.now() - IDLE_MS)) pool.forget(name);
}, 60_000).unref();

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close(() => void pool.close().then(() => process.exit(0)));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), 5000).unref();
  });
}
