import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writePrivate } from './data-folder.ts';
import { JobFailed, RestError } from './rest.ts';

type Remembered = { tenant: string; done: Record<string, unknown>; jobs: Record<string, string> };

/** What of the sample is made already, so that no start does a step a second time. */
export class Growth {
  readonly #file: string;
  readonly #state: Remembered;

  private constructor(file: string, state: Remembered) {
    this.#file = file;
    this.#state = state;
  }

  /** What was remembered of another tenant (the database is a new one) does not count. */
  static open(data: string, tenant: string): Growth {
    const file = path.join(data, 'sample-growth.json');
    const stored = existsSync(file) ? parseOrNone(readFileSync(file, 'utf8')) : null;
    return new Growth(file, stored?.tenant === tenant ? stored : { tenant, done: {}, jobs: {} });
  }

  /** The result of a step that is done; undefined for one that is not. */
  resultOf<T>(step: string): T | undefined {
    return this.#state.done[step] as T | undefined;
  }

  /** Does a step unless it is done, and remembers its result. */
  async step<T>(name: string, make: () => Promise<T>): Promise<T> {
    if (name in this.#state.done) return this.#state.done[name] as T;
    const result = await make();
    this.#state.done[name] = result ?? null;
    delete this.#state.jobs[name];
    this.#save();
    return result;
  }

  /** A step that is a job: one that an earlier start asked for is waited for, not asked for again. */
  job<T>(
    name: string,
    { start, wait }: { start(): Promise<string>; wait(jobId: string): Promise<T> },
  ): Promise<T> {
    return this.step(name, async () => {
      const jobId = this.#state.jobs[name] ?? (await start());
      this.#state.jobs[name] = jobId;
      this.#save();
      try {
        return await wait(jobId);
      } catch (error) {
        // It failed or is gone: the next start asks again. A web process that is away says nothing of the job.
        if (error instanceof JobFailed || error instanceof RestError) delete this.#state.jobs[name];
        this.#save();
        throw error;
      }
    });
  }

  #save(): void {
    writePrivate(this.#file, this.#state);
  }
}

function parseOrNone(text: string): Remembered | null {
  try {
    return JSON.parse(text) as Remembered;
  } catch {
    return null;
  }
}
