import { Worker } from 'node:worker_threads';
import { AppError } from '@likeness/contracts/errors';
import type { RunAnswer, RunRequest } from './session-thread.ts';

export type Lane = 'interactive' | 'bulk';
export type RunControl = { lane: Lane; deadlineMs?: number | undefined; signal?: AbortSignal | undefined };
export type RunOutput = { name: string; dims: number[]; data: Float32Array };
type Job = {
  request: Omit<RunRequest, 'id'>;
  control: RunControl;
  resolve(outputs: RunOutput[]): void;
  reject(error: Error): void;
};
type Thread = { worker: Worker; job: Job | null; timer: NodeJS.Timeout | null };

const QUEUE_MAX: Record<Lane, number> = { interactive: 256, bulk: 256 };
const RUN_TIMEOUT_MS = 30_000;

/** Threads with sessions; interactive work goes before bulk, expired work is dropped, a hung thread is replaced. */
export class SessionPool {
  readonly #threads: Thread[];
  readonly #provider: string;
  readonly #queues: Record<Lane, Job[]> = { interactive: [], bulk: [] };
  #nextId = 1;
  #closing = false;
  /** Model runs begun, for tests and metrics. */
  runs = 0;

  constructor(options: { threads: number; provider: string }) {
    this.#provider = options.provider;
    this.#threads = Array.from({ length: options.threads }, () => this.#start());
  }

  /** Takes the inputs' memory. Errors: `overloaded`, `deadline_exceeded`, `canceled`, `inference_unavailable`. */
  run(request: Omit<RunRequest, 'id'>, control: RunControl): Promise<RunOutput[]> {
    if (this.#queues[control.lane].length >= QUEUE_MAX[control.lane])
      return Promise.reject(new AppError('overloaded', { retryAfterSeconds: 1 }));
    return new Promise((resolve, reject) => {
      this.#queues[control.lane].push({ request, control, resolve, reject });
      this.#dispatch();
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #dispatch(): void {
    for (const thread of this.#threads) {
      if (thread.job) continue;
      const job = this.#next();
      if (!job) return;
      thread.job = job;
      thread.timer = setTimeout(() => void thread.worker.terminate(), RUN_TIMEOUT_MS);
      this.runs += 1;
      // Tensors are handed over, not copied: nobody reads them here again.
      const buffers = Object.values(job.request.inputs).map(({ data }) => data.buffer as ArrayBuffer);
      thread.worker.postMessage({ ...job.request, id: this.#nextId++ }, [...new Set(buffers)]);
    }
  }

  #next(): Job | null {
    for (;;) {
      const job = this.#queues.interactive.shift() ?? this.#queues.bulk.shift();
      if (!job) return null;
      if (job.control.signal?.aborted) job.reject(new AppError('canceled'));
      else if (job.control.deadlineMs && Date.now() > job.control.deadlineMs)
        job.reject(new AppError('deadline_exceeded', { retryAfterSeconds: 1 }));
      else return job;
    }
  }

  #start(): Thread {
    const worker = new Worker(new URL('./session-thread.ts', import.meta.url), {
      workerData: { provider: this.#provider },
    });
    const thread: Thread = { worker, job: null, timer: null };
    const finish = (settle: (job: Job) => void): void => {
      const job = thread.job;
      thread.job = null;
      if (thread.timer) clearTimeout(thread.timer);
      if (job) settle(job);
    };
    worker.on('message', (answer: RunAnswer) => {
      finish((job) =>
        'error' in answer
          ? job.reject(new AppError('inference_unavailable', { cause: answer.error, retryAfterSeconds: 1 }))
          : job.resolve(answer.outputs),
      );
      this.#dispatch();
    });
    worker.on('error', () => {});
    worker.on('exit', () => {
      finish((job) => job.reject(new AppError('inference_unavailable', { retryAfterSeconds: 1 })));
      if (this.#closing) return;
      this.#threads[this.#threads.indexOf(thread)] = this.#start();
      this.#dispatch();
    });
    return thread;
  }
}
