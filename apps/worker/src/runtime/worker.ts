import type { JobKind } from '@likeness/contracts/jobs';
import type { Deps } from '@likeness/core/context';
import { type ClaimedJob, claimJob, hasSuspects, LEASE_SECONDS } from '@likeness/core/job/claim-job';
import type { JobHandler, JobRegistry } from '@likeness/core/job/job-run';
import { reapLeases } from '@likeness/core/job/reap-leases';
import { renewLeases } from '@likeness/core/job/renew-leases';
import { JobAborted } from './job-aborted.ts';
import { runJob } from './run-job.ts';

export type WorkerOptions = {
  deps: Deps;
  registry: JobRegistry;
  concurrency: number;
  /** 30 unless told; a lease is renewed each third of it. */
  leaseSeconds?: number;
};

const TICK_MS = 1000;
const REAP_MS = 2000;
const DRAIN_MS = 6000;
/** How long a worker with work in hand makes room for a suspect before it runs it beside the others. */
const YIELD_MS = 60_000;

type Running = { controller: AbortController; heldUntil: number; isSuspect: boolean; over: Promise<void> };

/**
 * Runs up to `concurrency` jobs at a time. Woken by the database when a job is enqueued, and by a tick each second
 * that also sees cancels and lost leases, renews leases and takes jobs back from workers that died. A job in whose
 * last run the worker died is a suspect: it runs alone until it gets on, so that one poison job does not use up the
 * attempts of its neighbours.
 */
export class Worker {
  readonly #deps: Deps;
  readonly #registry: JobRegistry;
  readonly #concurrency: number;
  readonly #leaseSeconds: number;
  readonly #running = new Map<string, Running>();
  #stopListening: (() => Promise<void>) | null = null;
  #timer: NodeJS.Timeout | null = null;
  #ticking: Promise<void> = Promise.resolve();
  #filling: Promise<void> | null = null;
  #fillAgain = false;
  #draining = false;
  #renewedAt = 0;
  #yieldingSince: number | null = null;
  #reapedAt = 0;

  constructor({ deps, registry, concurrency, leaseSeconds = LEASE_SECONDS }: WorkerOptions) {
    this.#leaseSeconds = leaseSeconds;
    this.#deps = deps;
    this.#registry = registry;
    this.#concurrency = concurrency;
  }

  async start(): Promise<void> {
    if (Object.keys(this.#registry).length === 0) return;
    this.#stopListening = await this.#deps.db.listen('job_queued', () => void this.#fill());
    const tickMs = Math.min(TICK_MS, this.#leaseSeconds * 200);
    const tick = (): void => {
      this.#ticking = this.#tick().finally(() => {
        if (!this.#draining) this.#timer = setTimeout(tick, tickMs);
      });
    };
    tick();
  }

  /** Takes no more jobs, lets the running ones save their checkpoint, and hands them back. At most about 9 s. */
  async drain(): Promise<void> {
    this.#draining = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#stopListening?.();
    await this.#filling;
    for (const { controller } of this.#running.values()) controller.abort(new JobAborted('shutdown'));
    const all = Promise.all([...this.#running.values()].map(({ over }) => over));
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())]);
    await this.#ticking;
  }

  async #tick(): Promise<void> {
    try {
      const now = Date.now();
      if (now - this.#reapedAt >= REAP_MS) {
        this.#reapedAt = now;
        const taken = await reapLeases(this.#deps.db);
        if (taken > 0) this.#deps.log.warn({ jobs: taken }, 'took back jobs of workers that went silent');
      }
      await this.#lookAtLeases();
      await this.#yieldToSuspects(now);
    } catch (error) {
      this.#deps.log.warn({ err: error }, 'the database could not be asked for jobs');
      this.#abandonExpired();
    }
    await this.#fill();
  }

  async #lookAtLeases(): Promise<void> {
    const tokens = [...this.#running.keys()];
    if (tokens.length === 0) return;
    const asked = Date.now();
    const extend = asked - this.#renewedAt >= (this.#leaseSeconds * 1000) / 3;
    const states = await renewLeases(this.#deps.db, {
      tokens,
      extendSeconds: extend ? this.#leaseSeconds : null,
    });
    if (extend) this.#renewedAt = asked;
    for (const token of tokens) {
      const running = this.#running.get(token);
      if (!running) continue;
      const state = states.get(token);
      if (!state) running.controller.abort(new JobAborted('lease_lost'));
      else if (state.cancelRequested) running.controller.abort(new JobAborted('canceled'));
      else if (extend) running.heldUntil = asked + this.#leaseSeconds * 1000;
    }
  }

  /** The database is away: by its clock our leases may be over, so we stop before another worker begins. */
  #abandonExpired(): void {
    for (const { controller, heldUntil } of this.#running.values()) {
      if (Date.now() > heldUntil) controller.abort(new JobAborted('lease_lost'));
    }
  }

  /** Claims until there is nothing to do or no room; calls that come meanwhile make it look once more. */
  #fill(): Promise<void> {
    this.#fillAgain = true;
    this.#filling ??= this.#fillOnce().finally(() => {
      this.#filling = null;
    });
    return this.#filling;
  }

  async #fillOnce(): Promise<void> {
    const kinds = Object.keys(this.#registry);
    while (this.#fillAgain && !this.#draining) {
      this.#fillAgain = false;
      while (this.#hasRoom() && !this.#draining) {
        const claimed = await this.#claim(kinds).catch(() => null);
        if (!claimed) break;
        this.#run(claimed.job, claimed.isSuspect);
      }
    }
  }

  #hasRoom(): boolean {
    const jobs = [...this.#running.values()];
    return jobs.length < this.#concurrency && !jobs.some(({ isSuspect }) => isSuspect);
  }

  async #claim(kinds: string[]): Promise<{ job: ClaimedJob; isSuspect: boolean } | null> {
    const { db } = this.#deps;
    const leaseSeconds = this.#leaseSeconds;
    const isPatient = this.#yieldingSince === null || Date.now() - this.#yieldingSince < YIELD_MS;
    if (this.#running.size === 0 || !isPatient) {
      this.#yieldingSince = null;
      const suspect = await claimJob(db, { kinds, suspects: true, leaseSeconds });
      if (suspect) return { job: suspect, isSuspect: true };
    }
    if (this.#yieldingSince !== null) return null;
    const job = await claimJob(db, { kinds, suspects: false, leaseSeconds });
    return job && { job, isSuspect: false };
  }

  /** Only some of the busy workers stop claiming (by chance), so that the others keep up the pace. */
  async #yieldToSuspects(now: number): Promise<void> {
    if (this.#running.size === 0) return;
    const isWaiting = await hasSuspects(this.#deps.db, { kinds: Object.keys(this.#registry) });
    if (!isWaiting) this.#yieldingSince = null;
    else if (this.#yieldingSince === null && Math.random() < 0.5) this.#yieldingSince = now;
  }

  #run(claimed: ClaimedJob, isSuspect: boolean): void {
    const controller = new AbortController();
    const handler = this.#registry[claimed.kind as JobKind] as JobHandler;
    const { token } = claimed.lease;
    const onCheckpoint = (attempt: number): void => {
      const running = this.#running.get(token);
      if (!running?.isSuspect || attempt > 1) return;
      running.isSuspect = false;
      void this.#fill();
    };
    const over = runJob({ deps: this.#deps, claimed, handler, controller, onCheckpoint }).finally(() => {
      this.#running.delete(token);
      if (!this.#draining) void this.#fill();
    });
    this.#running.set(token, {
      controller,
      heldUntil: Date.now() + this.#leaseSeconds * 1000,
      isSuspect,
      over,
    });
  }
}
