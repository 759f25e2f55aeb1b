import { Worker } from 'node:worker_threads';

/** What a worker's script gets and what it answers: a result or the words of what went wrong. */
export type Request<Job> = { ticket: number; job: Job };
export type Answer<Result> = { ticket: number; result: Result } | { ticket: number; failed: string };

type Waiting<Job, Result> = {
  job: Job;
  resolve: (result: Result) => void;
  reject: (error: Error) => void;
};

/** Without a bound a thread's heap grows for as long as there is memory; what a picture needs is far below. */
const LIMITS = { maxOldGenerationSizeMb: 320, maxYoungGenerationSizeMb: 192 };

/**
 * Some threads of one script and a queue of jobs before them; each thread has one job at a time. Threads start with the
 * first jobs, keep the process alive only while they work, and once one has died, every job is refused.
 */
export class WorkerPool<Job, Result> {
  readonly size: number;
  readonly #script: URL;
  readonly #workers = new Set<Worker>();
  readonly #idle: Worker[] = [];
  readonly #queue: number[] = [];
  readonly #waiting = new Map<number, Waiting<Job, Result>>();
  #ticket = 0;
  #broken: Error | null = null;

  constructor(script: URL, size: number) {
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError(`A pool needs one thread or more, not ${size}`);
    this.#script = script;
    this.size = size;
  }

  /** Does a job in the next free thread. Errors: what the script threw, a thread that died, a pool that is closed. */
  run(job: Job): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#broken) return reject(this.#broken);
      const ticket = this.#ticket++;
      this.#waiting.set(ticket, { job, resolve, reject });
      this.#queue.push(ticket);
      if (this.#idle.length === 0 && this.#workers.size < this.size) this.#start();
      this.#next();
    });
  }

  /** Ends all threads at once; jobs that are not done are refused. */
  async close(): Promise<void> {
    await this.#break(new Error('The threads were closed before this job was done'));
  }

  #start(): void {
    const worker = new Worker(this.#script, { resourceLimits: LIMITS });
    this.#workers.add(worker);
    worker.on('message', (answer: Answer<Result>) => {
      const waiting = this.#waiting.get(answer.ticket);
      this.#waiting.delete(answer.ticket);
      worker.unref();
      this.#idle.push(worker);
      if ('failed' in answer) waiting?.reject(new Error(answer.failed));
      else waiting?.resolve(answer.result);
      this.#next();
    });
    worker.on('error', (cause) => {
      void this.#break(new Error(`A thread died: ${cause.message}`, { cause }));
    });
    worker.on('exit', (code) => {
      this.#workers.delete(worker);
      void this.#break(new Error(`A thread ended with code ${code} before its work was done`));
    });
    this.#idle.push(worker);
  }

  #next(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.pop();
      if (!worker) return;
      const ticket = this.#queue.shift() as number;
      worker.ref();
      worker.postMessage({
        ticket,
        job: this.#waiting.get(ticket)?.job as Job,
      } satisfies Request<Job>);
    }
  }

  async #break(error: Error): Promise<void> {
    this.#broken ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#broken);
    this.#waiting.clear();
    this.#queue.length = 0;
    this.#idle.length = 0;
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }
}
