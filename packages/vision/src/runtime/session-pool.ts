import { Worker } from 'node:worker_threads';
import { AppError } from '@likeness/contracts/errors';
import type { RunAnswer, RunRequest } from './session-thread.ts';

export type Lane = 'interactive' | 'bulk';
export type RunControl = { lane: Lane; deadlineMs?: number | undefined; signal?: AbortSignal | undefined };
export type RunOutput = { name: string; dims: number[]; data: Float32Array };
/** `batch`: pixels of pictures, each of the input's size. */
export type RunTask = Pick<RunRequest, 'model' | 'input' | 'outputs'> & { batch: readonly Uint8Array[] };
type Job = {
  task: RunTask;
  control: RunControl;
  resolve(outputs: RunOutput[]): void;
  reject(error: Error): void;
};
type Thread = { worker: Worker; job: Job | null; since: number; pixels: SharedArrayBuffer };

const QUEUE_MAX: Record<Lane, number> = { interactive: 256, bulk: 256 };
const RUN_TIMEOUT_MS = 30_000;
const SWEEP_MS = 1000;

/** Threads with sessions; interactive work goes before bulk, expired work is dropped, a hung thread is replaced. */
export class SessionPool {
  readonly #threads: Thread[];
  readonly #provider: string;
  readonly #queues: Record<Lane, Job[]> = { interactive: [], bulk: [] };
  #nextId = 1;
  readonly #sweep = setInterval(() => this.#endHung(), SWEEP_MS).unref();
  #closing = false;
  /** Model runs begun, for tests and metrics. */
  runs = 0;

  constructor(options: { threads: number; provider: string }) {
    this.#provider = options.provider;
    this.#threads = Array.from({ length: options.threads }, () => this.#start());
  }

  /** Errors: `overloaded`, `deadline_exceeded`, `canceled`, `inference_unavailable`. */
  run(task: RunTask, control: RunControl): Promise<RunOutput[]> {
    if (this.#queues[control.lane].length >= QUEUE_MAX[control.lane])
      return Promise.reject(new AppError('overloaded', { retryAfterSeconds: 1 }));
    return new Promise((resolve, reject) => {
      this.#queues[control.lane].push({ task, control, resolve, reject });
      this.#dispatch();
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#sweep);
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #dispatch(): void {
    for (const thread of this.#threads) {
      if (thread.job) continue;
      const job = this.#next();
      if (!job) return;
      thread.job = job;
      thread.since = performance.now();
      this.runs += 1;
      const { batch, ...rest } = job.task;
      const request: RunRequest = {
        ...rest,
        id: this.#nextId++,
        pixels: share(thread, batch),
        count: batch.length,
      };
      thread.worker.postMessage(request);
    }
  }

  #endHung(): void {
    const latest = performance.now() - RUN_TIMEOUT_MS;
    for (const thread of this.#threads)
      if (thread.job && thread.since < latest) void thread.worker.terminate();
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
    const thread: Thread = { worker, job: null, since: 0, pixels: new SharedArrayBuffer(0) };
    const finish = (settle: (job: Job) => void): void => {
      const job = thread.job;
      thread.job = null;
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

/** Copies pixels into memory that a thread reads, grown as needed and kept: a run leaves no garbage of their size. */
function share(thread: Thread, batch: readonly Uint8Array[]): SharedArrayBuffer {
  const size = batch.reduce((sum, pixels) => sum + pixels.length, 0);
  if (thread.pixels.byteLength < size) thread.pixels = new SharedArrayBuffer(size);
  const to = new Uint8Array(thread.pixels);
  let at = 0;
  for (const pixels of batch) {
    to.set(pixels, at);
    at += pixels.length;
  }
  return thread.pixels;
}
