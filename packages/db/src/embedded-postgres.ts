import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ClusterFolderError, prepareCluster } from './embedded/cluster-folder.ts';
import { findPrograms, type Programs } from './embedded/programs.ts';
import { findRunningServer, type RunningServer, stopServer } from './embedded/running-server.ts';
import { canEnter, makeOpenFolder, type ServerUser, serverUser } from './embedded/server-user.ts';

export type EmbeddedPostgresOptions = {
  /** Where the cluster lies; its parent names the installation when a refuge is needed. */
  dataDir: string;
  port: number;
  logFile: string;
  /** Extra `name=value` settings of the server. */
  settings?: readonly string[];
};

/** `folder` is where the cluster lies in truth: `dataDir`, or its refuge. `stop()` takes at most 5 s. */
export type EmbeddedPostgres = { adminUrl: string; pid: number; folder: string; stop(): Promise<void> };

const START_TIMEOUT_MS = 60_000;
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=100',
  'shared_buffers=128MB',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=2GB',
  'max_parallel_workers_per_gather=0', // parallel plans need /dev/shm, which containers keep small
];

/**
 * Starts Postgres on `dataDir`, or takes over the one that runs there. As root it runs as user `postgres`; below a
 * folder that this user may not enter, the cluster lies in `/var/lib/likeness/<hash of dataDir's parent>`.
 * Errors: `ClusterFolderError` for a folder that is not ours or a server that does not come up.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = serverUser();
  const refuge = refugeOf(options.dataDir);
  mkdirSync(path.dirname(options.dataDir), { recursive: true });
  const folder =
    user && !canEnter(user, path.dirname(options.dataDir)) ? path.join(refuge, 'postgres') : options.dataDir;
  if (folder !== options.dataDir) makeOpenFolder(refuge);
  const programs = await findPrograms(user, refuge);
  const location = `${options.dataDir}.location`;
  if (folder !== options.dataDir && !existsSync(location)) await clearRefuge(folder);
  const password = await prepareCluster(folder, programs, user);
  if (folder !== options.dataDir) writeFileSync(location, `${folder}\n`);
  const urlOf = (port: number): string => `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;

  const running = findRunningServer(folder);
  const server =
    running && (await answers(urlOf(running.port), 10_000))
      ? running
      : await start(folder, { options, programs, user, urlOf });
  return { adminUrl: urlOf(server.port), pid: server.pid, folder, stop: () => stopServer(server.pid) };
}

type Start = {
  options: EmbeddedPostgresOptions;
  programs: Programs;
  user: ServerUser | null;
  urlOf: (port: number) => string;
};

async function start(folder: string, { options, programs, user, urlOf }: Start): Promise<RunningServer> {
  mkdirSync(path.dirname(options.logFile), { recursive: true });
  const settings = [...SETTINGS, `port=${options.port}`, ...(options.settings ?? [])];
  const args = ['-D', folder, ...settings.flatMap((setting) => ['-c', setting])];
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const log = openSync(options.logFile, 'a');
    // Its own session: a Ctrl-C in the terminal must reach the launcher first, so that others finish their writes.
    const child = spawn(programs.postgres, args, {
      ...user,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    child.unref();
    if (await comesUp(child, urlOf(options.port), deadline))
      return { pid: child.pid as number, port: options.port };
    if (!isHeldByDyingServer(options.logFile)) break;
    await sleep(500);
  }
  throw new ClusterFolderError(
    `Postgres did not start; ${options.logFile} ends with: ${lastLines(options.logFile)}`,
  );
}

async function comesUp(child: ChildProcess, url: string, deadline: number): Promise<boolean> {
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  child.once('error', () => {
    ended = true;
  });
  while (!ended && Date.now() < deadline) {
    if (await answers(url, 0)) return !ended;
    await sleep(20);
  }
  return false;
}

async function answers(url: string, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  do {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
    client.on('error', () => {});
    try {
      await client.connect();
      return true;
    } catch {
      await sleep(Math.min(50, withinMs));
    } finally {
      await client.end().catch(() => {});
    }
  } while (Date.now() < deadline);
  return false;
}

/** Backends of a postmaster that was killed live on for a moment and hold the shared memory. */
function isHeldByDyingServer(logFile: string): boolean {
  return /shared memory block .* is still in use|lock file "postmaster.pid"/.test(lastLines(logFile));
}

function lastLines(logFile: string): string {
  return existsSync(logFile)
    ? readFileSync(logFile, 'utf8').trim().split('\n').slice(-4).join(' | ')
    : 'nothing';
}

/** What lies in the refuge of a data folder that is new belongs to one of the same path that was deleted. */
async function clearRefuge(folder: string): Promise<void> {
  const server = findRunningServer(folder);
  if (server) await stopServer(server.pid);
  rmSync(folder, { recursive: true, force: true });
}

function refugeOf(dataDir: string): string {
  const hash = createHash('sha256')
    .update(path.dirname(path.resolve(dataDir)))
    .digest('hex')
    .slice(0, 16);
  return path.join('/var/lib/likeness', hash);
}
