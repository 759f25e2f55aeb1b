import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export type EngineProcess = {
  url: string;
  pid: number;
  data: string;
  /** SIGKILL; the data folder stays. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. A data folder of its own goes. */
  stop(): Promise<number | null>;
};

/**
 * Starts apps/engine as a process of its own on a free port, as `npm start` does. Without `data` it gets an empty
 * folder that `stop` removes; `hnswFrom` lowers the size from which collections get an HNSW index.
 */
export async function startEngineProcess(
  options: { data?: string; hnswFrom?: number } = {},
): Promise<EngineProcess> {
  const data = options.data ?? mkdtempSync(path.join(os.tmpdir(), 'likeness-engine-'));
  const main = path.join(import.meta.dirname, '../../../../apps/engine/src/main.ts');
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      ENGINE_DATA: data,
      LOG_LEVEL: 'info',
      ...(options.hnswFrom ? { ENGINE_HNSW_FROM: String(options.hnswFrom) } : {}),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const port = await listeningPort(child);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    data,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    stop: async () => {
      child.kill('SIGTERM');
      const code = await gone;
      if (!options.data) rmSync(data, { recursive: true, force: true });
      return code;
    },
  };
}

function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let seen = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      const found = /"port":(\d+)/.exec(seen);
      if (found) resolve(Number(found[1]));
    });
    child.once('exit', (code) => reject(new Error(`the engine ended with ${code}: ${seen.slice(-500)}`)));
  });
}
