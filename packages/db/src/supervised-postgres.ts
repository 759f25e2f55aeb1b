import { setTimeout as sleep } from 'node:timers/promises';
import { isLiving } from './embedded/running-server.ts';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded-postgres.ts';

const LOOK_MS = 250;
const PAUSE_MAX_MS = 5000;

/**
 * The embedded server, started again on its port whenever it dies: everybody else finds it where it was. `say` is
 * told in one line. A server that was taken over is no child of ours, so it is looked at rather than listened to.
 */
export async function superviseEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
  say: (line: string) => void,
): Promise<EmbeddedPostgres> {
  let server = await startEmbeddedPostgres(options);
  const again = { ...options, port: Number(new URL(server.adminUrl).port) };
  const stopping = new AbortController();
  const watch = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      if (isLiving(server.pid)) {
        await sleep(LOOK_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
        continue;
      }
      if (failures === 0) say(`postgres ended and is started again; see ${options.logFile}`);
      try {
        server = await startEmbeddedPostgres(again);
        failures = 0;
      } catch (error) {
        failures += 1;
        say(`postgres could not be started again: ${(error as Error).message}`);
        const pauseMs = Math.min(PAUSE_MAX_MS, 250 * 2 ** failures);
        await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  };
  const watching = watch();
  return {
    adminUrl: server.adminUrl,
    folder: server.folder,
    get pid() {
      return server.pid;
    },
    stop: async () => {
      stopping.abort();
      await watching;
      await server.stop();
    },
  };
}
