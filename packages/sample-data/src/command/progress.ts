import type { SampleProgress } from '../write/write-sample.ts';

/** On a terminal one line that changes; in a log a line now and then. */
const EVERY_MS = { terminal: 250, log: 10_000 };

/** Tells how far a sample is: products, pictures a second, and the time that remains. */
export class ProgressLine {
  readonly #to: NodeJS.WriteStream;
  readonly #began = performance.now();
  #told = -Infinity;
  #last: SampleProgress = { done: 0, total: 0, pictures: 0 };

  constructor(to: NodeJS.WriteStream) {
    this.#to = to;
  }

  get last(): SampleProgress {
    return this.#last;
  }

  report(progress: SampleProgress): void {
    this.#last = progress;
    const now = performance.now();
    const every = this.#to.isTTY ? EVERY_MS.terminal : EVERY_MS.log;
    if (progress.done < progress.total && now - this.#told < every) return;
    this.#told = now;
    const line = describeProgress(progress, (now - this.#began) / 1000);
    this.#to.write(
      this.#to.isTTY ? `\r\x1b[K${line}${progress.done === progress.total ? '\n' : ''}` : `${line}\n`,
    );
  }

  /** Before another message: leaves the line as it is. */
  end(): void {
    if (this.#to.isTTY && this.#last.done < this.#last.total) this.#to.write('\n');
  }
}

/** `120 of 500 products, 8.4 pictures/s, 3 min 10 s left`. */
export function describeProgress({ done, total, pictures }: SampleProgress, seconds: number): string {
  const rate = pictures / Math.max(seconds, 1e-3);
  const left = done > 0 ? (seconds / done) * (total - done) : 0;
  const rest = done < total ? `, ${duration(left)} left` : `, took ${duration(seconds)}`;
  return `${done} of ${total} products, ${rate.toFixed(1)} pictures/s${rest}`;
}

function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.round((whole % 3600) / 60)} min`;
}
