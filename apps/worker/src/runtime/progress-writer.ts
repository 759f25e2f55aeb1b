import type { JobProgress } from '@likeness/contracts/jobs';

const EVERY_MS = 500;

/** Writes the newest progress at most twice a second; earlier values of the same half second are never written. */
export class ProgressWriter {
  readonly #write: (progress: JobProgress) => Promise<void>;
  #pending: JobProgress | null = null;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();
  #lastAt = 0;

  /** `write` must not reject: what it cannot write is superseded by the next value. */
  constructor(write: (progress: JobProgress) => Promise<void>) {
    this.#write = write;
  }

  put(progress: JobProgress): void {
    this.#pending = progress;
    if (this.#timer) return;
    this.#timer = setTimeout(() => void this.flush(), Math.max(0, this.#lastAt + EVERY_MS - Date.now()));
  }

  /** Resolves when the newest value is written. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const progress = this.#pending;
    this.#pending = null;
    if (progress) {
      this.#lastAt = Date.now();
      this.#writing = this.#writing.then(() => this.#write(progress));
    }
    await this.#writing;
  }
}
