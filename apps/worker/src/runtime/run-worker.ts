import { startSchedules } from './schedules.ts';
import { Worker, type WorkerOptions } from './worker.ts';

/** Runs a worker until SIGTERM or SIGINT; then running jobs save and go back into the queue, and the process ends. */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const { deps } = options;
  const worker = new Worker(options);
  await worker.start();
  const stopSchedules = startSchedules(deps);
  deps.log.info({ concurrency: options.concurrency, kinds: Object.keys(options.registry) }, 'worker started');
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    stopSchedules();
    await worker.drain();
    await Promise.race([deps.db.close(), new Promise((resolve) => setTimeout(resolve, 1000).unref())]);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
}
