import { type JobProgress, jobProgressSchema } from '@likeness/contracts/jobs';

const RATE_AFTER_MS = 1000;

/**
 * Turns a handler's reports into what people see: within a phase `done` never goes back, and the time left comes from
 * the pace of this phase in this run (null in its first second, or while nothing moves).
 */
export class ProgressMeter {
  readonly #now: () => number;
  #last: JobProgress | null;
  #phaseStart: { at: number; done: number } | null = null;

  constructor(stored: unknown, now: () => number = Date.now) {
    const parsed = jobProgressSchema.safeParse(stored);
    this.#last = parsed.success ? parsed.data : null;
    this.#now = now;
  }

  report({ phase, done, total }: { phase: string; done: number; total: number }): JobProgress {
    const isNewPhase = this.#last?.phase !== phase;
    const reached = Math.min(isNewPhase ? done : Math.max(done, this.#last?.done ?? 0), total);
    if (isNewPhase || !this.#phaseStart) this.#phaseStart = { at: this.#now(), done: reached };
    this.#last = { phase, done: reached, total, eta_seconds: this.#secondsLeft(reached, total) };
    return this.#last;
  }

  #secondsLeft(done: number, total: number): number | null {
    const start = this.#phaseStart;
    if (!start) return null;
    const passedMs = this.#now() - start.at;
    const moved = done - start.done;
    if (passedMs < RATE_AFTER_MS || moved <= 0) return null;
    return Math.round(((total - done) / moved) * (passedMs / 1000) * 10) / 10;
  }
}
