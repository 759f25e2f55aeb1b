import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LaunchError } from './launch-error.ts';
import { rememberProcesses } from './leftovers.ts';

export type ServiceSpec = {
  name: string;
  /** Arguments after `node`. */
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Answers 2xx when the service can be used; null when it has no door. */
  ready: string | null;
};

type Service = { spec: ServiceSpec; child: ChildProcess; restarts: number };

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 8_000;

/** Starts, watches, restarts and stops the processes of one copy; each one's output goes to `logs/<name>.log`. */
export class Services {
  readonly #data: string;
  readonly #running = new Map<string, Service>();
  #stopping = false;

  constructor(data: string) {
    this.#data = data;
  }

  async start(spec: ServiceSpec): Promise<void> {
    this.#spawn(spec, 0);
    if (spec.ready) await this.#waitReady(spec);
  }

  /** SIGTERM to all, SIGKILL to what is left after 8 s. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const children = [...this.#running.values()].map(({ child }) => child);
    const gone = children.map((child) => ended(child));
    for (const child of children) child.kill('SIGTERM');
    await Promise.race([Promise.all(gone), sleep(STOP_TIMEOUT_MS, undefined, { ref: false })]);
    for (const child of children)
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await Promise.all(gone);
    this.#running.clear();
    this.#remember();
  }

  #spawn(spec: ServiceSpec, restarts: number): void {
    const log = openSync(path.join(this.#data, 'logs', `${spec.name}.log`), 'a');
    const child = spawn(process.execPath, spec.args, {
      cwd: spec.cwd,
      env: spec.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const said of [child.stdout, child.stderr]) said.on('data', (words: Buffer) => append(log, words));
    child.once('close', () => closeSync(log));
    this.#running.set(spec.name, { spec, child, restarts });
    this.#remember();
    child.once('exit', (code, signal) => {
      if (this.#stopping) return;
      process.stderr.write(
        `${spec.name} ended (${signal ?? code}) and is started again; see logs/${spec.name}.log\n`,
      );
      const pauseMs = Math.min(5000, 100 * 2 ** restarts);
      setTimeout(() => !this.#stopping && this.#spawn(spec, restarts + 1), pauseMs).unref();
    });
    setTimeout(() => this.#forgive(spec.name, child), 60_000).unref();
  }

  /** A minute without a crash: the next crash is restarted at once again. */
  #forgive(name: string, child: ChildProcess): void {
    const service = this.#running.get(name);
    if (service?.child === child) service.restarts = 0;
  }

  async #waitReady(spec: ServiceSpec): Promise<void> {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (Date.now() < deadline && !this.#stopping) {
      if (spec.ready && (await answers(spec.ready))) return;
      if ((this.#running.get(spec.name)?.restarts ?? 0) > 3) break;
      await sleep(50);
    }
    throw new LaunchError(
      `${spec.name} did not become ready; see ${path.join(this.#data, 'logs', `${spec.name}.log`)}`,
    );
  }

  #remember(): void {
    const processes = [...this.#running.values()].flatMap(({ child, spec }) =>
      child.pid ? [{ pid: child.pid, mark: spec.args[0] ?? spec.name }] : [],
    );
    rememberProcesses(this.#data, processes);
  }
}

/**
 * What a full disk has no room for is dropped. A process that wrote to the file itself would have an error at each line,
 * and would report that error by a line.
 */
function append(log: number, words: Buffer): void {
  try {
    writeSync(log, words);
  } catch {
    // nobody can be told
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()));
