import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

export type Product = {
  url: string;
  email: string;
  password: string;
  apiKey: string;
  dataDir: string;
  /** The process that `npm start` would be. */
  process: ChildProcess;
  /** Everything that the launcher wrote to stderr. */
  errors(): string;
  stop(): Promise<number | null>;
};

export type StartOptions = {
  seed?: 'sample' | 'none';
  dataDir?: string;
  port?: number;
  readyTimeoutMs?: number;
  /** Settings of this copy beside PORT, LIKENESS_DATA and LIKENESS_SEED. */
  env?: Record<string, string>;
};

/** Starts the whole product as a user would (`scripts/start.mjs`) on a data folder and port of its own. */
export async function startProduct(options: StartOptions = {}): Promise<Product> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(os.tmpdir(), 'likeness-product-'));
  const port = options.port ?? (await freePort());
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...options.env,
    PORT: String(port),
    LIKENESS_DATA: dataDir,
    LIKENESS_SEED: options.seed ?? 'none',
    NODE_ENV: 'production' as const,
  };
  const child = spawn(process.execPath, [path.join(root, 'scripts/start.mjs')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ready = await readyLine(child, options.readyTimeoutMs ?? 180_000, () => stderr);
  const owned = options.dataDir === undefined;
  return {
    url: ready.url,
    email: ready.email,
    password: ready.password,
    apiKey: ready.api_key,
    dataDir,
    process: child,
    errors: () => stderr,
    stop: async () => {
      const code = await stopProcess(child);
      if (owned) removeData(dataDir);
      return code;
    },
  };
}

/** The data folder and, where Postgres had to lie elsewhere (as root below a closed folder), its refuge. */
export function removeData(dataDir: string): void {
  const location = path.join(dataDir, 'postgres.location');
  const refuge = existsSync(location) ? path.dirname(readFileSync(location, 'utf8').trim()) : null;
  if (refuge?.startsWith('/var/lib/likeness/')) rmSync(refuge, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

/** SIGTERM, then the exit code. */
export async function stopProcess(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  return exited;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === 'string') throw new Error('no port');
  return address.port;
}

type Ready = { url: string; email: string; password: string; api_key: string };

function readyLine(child: ChildProcess, timeoutMs: number, errors: () => string): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGTERM');
      reject(new Error(`not ready after ${timeoutMs} ms:\n${errors()}`));
    }, timeoutMs);
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      const line = text.split('\n').find((each) => each.startsWith('ready {') && each.endsWith('}'));
      if (!line) return;
      clearTimeout(timer);
      resolve(JSON.parse(line.slice('ready '.length)) as Ready);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${code} before it was ready:\n${errors()}`));
    });
  });
}
