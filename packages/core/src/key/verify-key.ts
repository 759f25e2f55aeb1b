import { AppError } from '@likeness/contracts/errors';
import { permissionsOfScopes } from '@likeness/contracts/permissions';
import type { Scope } from '@likeness/contracts/scopes';
import { LRUCache } from 'lru-cache';
import type { Actor, Deps } from '../context.ts';
import { hashKey, isWellFormedKey } from './key-format.ts';

export type VerifiedKey = {
  tenantId: string;
  keyId: string;
  actor: Actor;
  ratePerSecond: number;
  burst: number;
};
type Known = {
  tenantId: string;
  id: string;
  scopes: Scope[];
  ratePerSecond: number;
  burst: number;
  expiresAt: number | null;
  revokedAt: number | null;
};

/**
 * How long a process may believe what it knows of a key; there is no stale-while-revalidate. Below the 2 s within which
 * a revocation holds, so that it holds also when no notification arrives.
 */
const CACHE_MS = 1500;
const LAST_USED_MS = 60_000;

/** Keys by their keyed hash, known for a moment; one in each process. */
export class KeyVerifier {
  readonly #deps: Pick<Deps, 'db' | 'clock' | 'secrets' | 'log'>;
  readonly #cache = new LRUCache<string, Known | 'unknown'>({ max: 10_000, ttl: CACHE_MS });
  readonly #used = new Map<string, number>();

  constructor(deps: Pick<Deps, 'db' | 'clock' | 'secrets' | 'log'>) {
    this.#deps = deps;
  }

  /** Errors: `unauthenticated` is the caller's; `invalid_key` (typos before any query), `key_expired`, `key_revoked`. */
  async verify(key: string): Promise<VerifiedKey> {
    if (!isWellFormedKey(key)) throw new AppError('invalid_key');
    const hash = hashKey(key, this.#deps.secrets.keyPepper);
    const known = this.#cache.get(hash) ?? (await this.#load(hash));
    if (known === 'unknown') throw new AppError('invalid_key');
    const now = this.#deps.clock.now();
    if (known.revokedAt !== null) throw new AppError('key_revoked');
    if (known.expiresAt !== null && known.expiresAt <= now) throw new AppError('key_expired');
    this.#touch(known, now);
    const { tenantId, id: keyId, ratePerSecond, burst } = known;
    const actor: Actor = { type: 'key', id: keyId, permissions: new Set(permissionsOfScopes(known.scopes)) };
    return { tenantId, keyId, actor, ratePerSecond, burst };
  }

  /** Called when some key changed anywhere. */
  forget(): void {
    this.#cache.clear();
  }

  async #load(hash: string): Promise<Known | 'unknown'> {
    const row = await this.#deps.db.system((tx) => tx.apiKey.findFirst({ where: { hmac: hash } }));
    const known: Known | 'unknown' = row
      ? {
          tenantId: row.tenantId,
          id: row.id,
          scopes: row.scopes as Scope[],
          ratePerSecond: row.ratePerSecond,
          burst: row.burst,
          expiresAt: row.expiresAt?.getTime() ?? null,
          revokedAt: row.revokedAt?.getTime() ?? null,
        }
      : 'unknown';
    this.#cache.set(hash, known);
    return known;
  }

  /** `last_used_at` is at most a minute old; writing it must not slow the request. */
  #touch(known: Known, now: number): void {
    if (now - (this.#used.get(known.id) ?? 0) < LAST_USED_MS) return;
    this.#used.set(known.id, now);
    this.#deps.db
      .tenant(known.tenantId, (tx) =>
        tx.apiKey.updateMany({ where: { id: known.id }, data: { lastUsedAt: new Date(now) } }),
      )
      .catch((error) =>
        this.#deps.log.warn({ err: error, keyId: known.id }, 'last use of a key was not written'),
      );
  }
}
