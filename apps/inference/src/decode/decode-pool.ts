import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError, type ErrorCode } from '@likeness/contracts/errors';
import type { Lane } from '@likeness/contracts/inference';
import type { ModelInput } from '@likeness/contracts/model-manifest';
import type { CropSettings } from '@likeness/vision/preprocess/crop-box';
import { type Frame, readFrames, writeFrame } from './frames.ts';
import { residentMegabytes } from './resident-memory.ts';

/** `decode`: all pixels. `input`: the crop of the whole image, resized for a model. `normalize`: the copy that is shown, and facts. */
export type DecodeTask =
  | { task: 'decode' | 'normalize' }
  | { task: 'input'; crop: CropSettings; input: ModelInput };
export type DecodeControl = { lane: Lane; deadlineMs?: number | undefined; signal?: AbortSignal | undefined };
type Job = {
  task: DecodeTask;
  bytes: Uint8Array;
  control: DecodeControl;
  resolve(frame: Frame): void;
  reject(error: Error): void;
};
type Child = {
  process: ChildProcess;
  job: Job | null;
  why: ErrorCode;
  jobs: number;
  /** Ended, killed or told to end: it takes no more work, even while the system still shows it. */
  leaving: boolean;
  /** When its job was given. */
  since: number;
};
/** `pictures`: a child is replaced after so many, whatever libraries may leak (5,000 unless told). */
export type DecodeLimits = { processes: number; seconds: number; megabytes: number; pictures?: number };

const CHILD = fileURLToPath(new URL('./decode-child.ts', import.meta.url));
const FRAME_MAX = 200 * 1024 * 1024;
const QUEUE_MAX = 512;
const PICTURES_MAX = 5000;
/** How often jobs are looked at: one timer for all, because most end before it fires. */
const WATCH_MS = 50;
/** Memory is read from jobs that last; the usual picture takes 10 ms. */
const MEMORY_AFTER_MS = 100;

/** Child processes that read untrusted bytes; SIGKILL is the only bound that always holds. */
export class DecodePool {
  readonly #limits: DecodeLimits;
  readonly #children: Child[];
  readonly #watch: NodeJS.Timeout;
  readonly #queues: Record<Lane, Job[]> = { interactive: [], bulk: [] };
  #closing = false;
  /** Decodes begun and children killed, for tests and metrics. */
  decodes = 0;
  kills = 0;

  constructor(limits: DecodeLimits) {
    this.#limits = limits;
    this.#watch = setInterval(() => this.#endOverdue(), WATCH_MS).unref();
    this.#children = Array.from({ length: limits.processes }, () => this.#start());
  }

  /** Errors: those of decoding, `image_timeout`, `image_too_large` (memory), `overloaded`, `deadline_exceeded`, `canceled`. */
  run(task: DecodeTask, bytes: Uint8Array, control: DecodeControl): Promise<Frame> {
    const queue = this.#queues[control.lane];
    if (queue.length >= QUEUE_MAX)
      return Promise.reject(new AppError('overloaded', { retryAfterSeconds: 1 }));
    return new Promise((resolve, reject) => {
      queue.push({ task, bytes, control, resolve, reject });
      this.#dispatch();
    });
  }

  close(): void {
    this.#closing = true;
    clearInterval(this.#watch);
    for (const child of this.#children) child.process.kill('SIGKILL');
  }

  #dispatch(): void {
    for (const child of this.#children) {
      if (child.job || child.leaving) continue;
      const job = this.#next();
      if (!job) return;
      this.#give(child, job);
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

  #give(child: Child, job: Job): void {
    child.job = job;
    child.jobs += 1;
    this.decodes += 1;
    child.since = performance.now();
    if (child.process.stdin) writeFrame(child.process.stdin, { header: job.task, bytes: job.bytes });
  }

  #endOverdue(): void {
    for (const child of this.#children) {
      const { job } = child;
      const ms = performance.now() - child.since;
      if (!job || child.leaving) continue;
      if (ms > this.#limits.seconds * 1000) this.#kill(child, 'image_timeout');
      else if (ms > MEMORY_AFTER_MS)
        void residentMegabytes(child.process.pid).then((mb) => {
          if (mb > this.#limits.megabytes && child.job === job) this.#kill(child, 'image_too_large');
        });
    }
  }

  #kill(child: Child, why: ErrorCode): void {
    if (child.leaving) return;
    child.why = why;
    child.leaving = true;
    this.kills += 1;
    child.process.kill('SIGKILL');
  }

  #start(): Child {
    const flags = ['--max-old-space-size=256', '--no-incremental-marking', CHILD];
    const env = {
      PATH: process.env.PATH,
      TMPDIR: process.env.TMPDIR,
      VIPS_BLOCK_UNTRUSTED: '1',
      UV_THREADPOOL_SIZE: '2',
    };
    const spawned = spawn(process.execPath, flags, { stdio: ['pipe', 'pipe', 'ignore'], env });
    const child: Child = {
      process: spawned,
      job: null,
      why: 'image_corrupt',
      jobs: 0,
      leaving: false,
      since: 0,
    };
    spawned.stdin?.on('error', () => {});
    // More pixels than any picture that is read may have: unheard, this would end the service of everybody.
    spawned.stdout?.on('error', () => this.#kill(child, 'image_too_large'));
    if (spawned.stdout)
      readFrames(spawned.stdout, FRAME_MAX, (frame) => this.#finish(child, (job) => settle(job, frame)));
    spawned.once('exit', () => {
      child.leaving = true;
      if (!this.#closing) this.#children[this.#children.indexOf(child)] = this.#start();
      this.#finish(child, (job) => job.reject(new AppError(child.why)));
    });
    return child;
  }

  #finish(child: Child, then: (job: Job) => void): void {
    const job = child.job;
    child.job = null;
    if (job) then(job);
    if (child.jobs >= (this.#limits.pictures ?? PICTURES_MAX) && !child.leaving) {
      child.leaving = true;
      child.process.stdin?.end();
    }
    this.#dispatch();
  }
}

function settle(job: Job, frame: Frame): void {
  if (frame.header.ok) job.resolve(frame);
  else job.reject(new AppError(frame.header.code as ErrorCode, { message: String(frame.header.message) }));
}
