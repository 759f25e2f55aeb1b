import { parentPort } from 'node:worker_threads';
import type { Request } from '../worker-pool.ts';

/** A script for the pool's tests: answers with the job, fails, throws outside of any job, or ends. */
parentPort?.on('message', ({ ticket, job }: Request<string>) => {
  if (job === 'exit') process.exit(3);
  if (job === 'throw')
    setImmediate(() => {
      throw new Error('out of nowhere');
    });
  else if (job === 'fail') parentPort?.postMessage({ ticket, failed: 'as told' });
  else if (job !== 'hang') parentPort?.postMessage({ ticket, result: job });
});
