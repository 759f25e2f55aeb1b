import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that this copy started, with a word of its command line to recognise it by. */
export type Started = { pid: number; mark: string };

/** Whoever starts anew waits for this: what is cut off is made whole again, as after any kill. */
const GRACE_MS = 1000;

const fileOf = (data: string): string => path.join(data, 'processes.json');

export function rememberProcesses(data: string, processes: readonly Started[]): void {
  writeFileSync(fileOf(data), JSON.stringify(processes));
}

/** Kills what a launcher that died by SIGKILL left running: only processes that still carry their mark. */
export async function killLeftovers(data: string): Promise<void> {
  if (!existsSync(fileOf(data))) return;
  const processes = parseOrNone(readFileSync(fileOf(data), 'utf8'));
  const living = processes.filter(({ pid, mark }) => isAlive(pid, mark));
  for (const { pid } of living) process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + GRACE_MS;
  while (Date.now() < deadline && living.some(({ pid, mark }) => isAlive(pid, mark))) await sleep(50);
  for (const { pid, mark } of living) if (isAlive(pid, mark)) process.kill(pid, 'SIGKILL');
  rmSync(fileOf(data), { force: true });
}

/** True when the process lives and its command line contains `mark` (unknown command lines count as ours). */
export function isAlive(pid: number, mark: string): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').includes(mark);
  } catch {
    return process.platform !== 'linux';
  }
}

function parseOrNone(text: string): Started[] {
  try {
    return JSON.parse(text) as Started[];
  } catch {
    return []; // written by a process that was killed in the middle
  }
}
