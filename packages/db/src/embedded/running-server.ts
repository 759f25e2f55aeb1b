import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a server writes into its data folder: its process id and the port it listens on. */
export type RunningServer = { pid: number; port: number };

/**
 * The server that already runs on `folder`, or null. A lock file that a killed server or a reused process id left
 * behind is removed, because Postgres itself refuses to start over it.
 */
export function findRunningServer(folder: string): RunningServer | null {
  const file = path.join(folder, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (pid > 0 && isPostgres(pid)) return { pid, port: Number(lines[3]) };
  rmSync(file, { force: true });
  return null;
}

/** Whether a process lives; a zombie whose parent never asked for it counts as dead. */
export function isLiving(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}

function isPostgres(pid: number): boolean {
  if (!isLiving(pid)) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return process.platform !== 'linux';
  }
}

/** Fast shutdown (clients are cut off, everything is flushed); after 4 s immediate: the next start then recovers. */
export async function stopServer(pid: number): Promise<void> {
  if (!isLiving(pid)) return;
  process.kill(pid, 'SIGINT');
  if (await isGone(pid, 4000)) return;
  process.kill(pid, 'SIGQUIT');
  if (await isGone(pid, 1000)) return;
  process.kill(pid, 'SIGKILL');
}

async function isGone(pid: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    if (!isLiving(pid)) return true;
    await sleep(20);
  }
  return !isLiving(pid);
}
