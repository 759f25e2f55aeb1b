import { Worker } from 'node:worker_threads';
import type { BuildIndex } from '../collections/collection.ts';

/** Runs one index build in a thread of its own, so that searches go on. */
export const buildIndexInThread: BuildIndex = (input) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./build-thread.ts', import.meta.url), { workerData: input });
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', (code) => code !== 0 && reject(new Error(`the index build ended with ${code}`)));
  });
