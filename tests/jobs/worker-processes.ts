import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import type { TestDatabase } from '@likeness/db/testing/test-database';

export type WorkerFleet = {
  start(): Promise<ChildProcess>;
  running(): ChildProcess[];
  stopAll(): Promise<void>;
};

/** Real worker processes on one test database; each is up when `start` resolves. */
export function workerFleet(
  at: TestDatabase,
  env: { leaseSeconds: number; concurrency: number; isOnlyOne?: boolean },
): WorkerFleet {
  const children = new Set<ChildProcess>();
  return {
    async start() {
      const child = spawn(process.execPath, [path.join(import.meta.dirname, 'test-worker.ts')], {
        stdio: ['ignore', 'pipe', process.env.LOG_LEVEL === 'info' ? 'inherit' : 'ignore'],
        env: {
          ...process.env,
          DATABASE_URL: at.appUrl,
          DATABASE_SYSTEM_URL: at.systemUrl,
          LEASE_SECONDS: String(env.leaseSeconds),
          CONCURRENCY: String(env.concurrency),
          IS_ONLY_ONE: env.isOnlyOne ? '1' : '0',
        },
      });
      children.add(child);
      child.once('exit', () => children.delete(child));
      await new Promise((resolve, reject) => {
        child.stdout?.once('data', resolve);
        child.once('exit', (code) => reject(new Error(`worker ended with ${code} before it was up`)));
      });
      return child;
    },
    running: () => [...children],
    async stopAll() {
      const ends = [...children].map((child) => new Promise((resolve) => child.once('exit', resolve)));
      for (const child of children) {
        child.kill('SIGCONT');
        child.kill('SIGKILL');
      }
      await Promise.all(ends);
    },
  };
}
