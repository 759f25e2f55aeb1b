import type { JobKind } from '@likeness/contracts/jobs';
import type { JobRegistry } from '@likeness/core/job/job-run';
import { releaseLeases } from '@likeness/core/job/release-leases';
import { startSchedules } from './schedules.ts';
import { Worker, type WorkerOptions } from './worker.ts';

/** Short work that people wait for: one place is theirs alone, however many builds and imports run. */
const EXPRESS_KINDS: readonly JobKind[] = ['sync-products', 'purge-query-images'];

/** Runs a worker until SIGTERM or SIGINT; then running jobs save and go back into the queue, and the process ends. */
export async function runWorker(
  options: WorkerOptions & {
    /** No other worker shares the database: jobs of the last one go on at once, not when their leases run out. */
    isOnlyOne?: boolean;
  },
): Promise<void> {
  const { deps } = options;
  if (options.isOnlyOne) await releaseLeases(deps.db).catch(() => {}); // else they run out
  const { express, others } = splitLanes(options.registry);
  const lanes = [
    new Worker({ ...options, registry: others }),
    new Worker({ ...options, registry: express, concurrency: 1 }),
  ];
  await Promise.all(lanes.map((lane) => lane.start()));
  const stopSchedules = startSchedules(deps);
  deps.log.info({ concurrency: options.concurrency, kinds: Object.keys(options.registry) }, 'worker started');
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    stopSchedules();
    await Promise.all(lanes.map((lane) => lane.drain()));
    await Promise.race([deps.db.close(), new Promise((resolve) => setTimeout(resolve, 1000).unref())]);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
}

export function splitLanes(registry: JobRegistry): { express: JobRegistry; others: JobRegistry } {
  const isExpress = ([kind]: [string, unknown]): boolean => EXPRESS_KINDS.includes(kind as JobKind);
  const entries = Object.entries(registry);
  return {
    express: Object.fromEntries(entries.filter(isExpress)),
    others: Object.fromEntries(entries.filter((entry) => !isExpress(entry))),
  };
}
