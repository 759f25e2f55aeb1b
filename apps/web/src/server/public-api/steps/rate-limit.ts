import { LRUCache } from 'lru-cache';

export type RateState = {
  limit: number;
  remaining: number;
  resetSeconds: number;
  /** Seconds until one more is allowed, when this one was refused. */
  refusedForSeconds: number | null;
};

/**
 * Generic cell rate algorithm, in this process: `theoretical` is when the bucket will be empty again. Exact within
 * one process (ITU-T I.371 and its use as a rate limiter in Brandur Leach, "Rate limiting, cells and GCRA", 2015).
 */
export class RateLimiter {
  readonly #theoretical = new LRUCache<string, number>({ max: 50_000 });
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes one request, or refuses it. */
  take(rate: { key: string; perSecond: number; burst: number }): RateState {
    const now = this.#now();
    const interval = 1000 / rate.perSecond;
    const theoretical = Math.max(now, this.#theoretical.get(rate.key) ?? now);
    const next = theoretical + interval;
    // One beyond the burst is allowed: the bucket refills while it is used.
    const allowedAt = next - (rate.burst + 1) * interval;
    if (now < allowedAt) {
      const wait = Math.max(1, Math.ceil((allowedAt - now) / 1000));
      const resetSeconds = Math.ceil((theoretical - now) / 1000);
      return { limit: rate.burst, remaining: 0, resetSeconds, refusedForSeconds: wait };
    }
    this.#theoretical.set(rate.key, next);
    // What may follow at once, the one beyond the burst included.
    const remaining = Math.max(0, Math.floor((now + (rate.burst + 1) * interval - next) / interval));
    const resetSeconds = Math.ceil((next - now) / 1000);
    return { limit: rate.burst, remaining, resetSeconds, refusedForSeconds: null };
  }
}

/** Headers of draft-ietf-httpapi-ratelimit-headers. */
export function rateHeaders(
  rate: { perSecond: number; burst: number },
  state: RateState,
): Record<string, string> {
  const window = Math.max(1, Math.round(rate.burst / rate.perSecond));
  return {
    'RateLimit-Policy': `"burst";q=${rate.burst};w=${window}`,
    RateLimit: `"burst";r=${state.remaining};t=${state.resetSeconds}`,
  };
}
