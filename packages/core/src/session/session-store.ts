import { newId } from '@likeness/contracts/ids';
import { LRUCache } from 'lru-cache';
import type { Deps } from '../context.ts';

export const SESSION_IDLE_MS = 12 * 3600 * 1000;
export const SESSION_LIFE_MS = 30 * 24 * 3600 * 1000;
/** How long a process may believe what it knows of a session. */
const CACHE_MS = 5000;
/** `last_seen_at` is at most this old; idle time is measured in hours. */
const SEEN_MS = 60_000;

export type SessionUser = { userId: string; email: string; name: string; locale: string };
export type KnownSession = SessionUser & { sessionId: string };
type Door = Pick<Deps, 'db' | 'clock'>;
type Row = { known: KnownSession; lastSeenAt: number; expiresAt: number };

/** One per process, also when a bundler loads this module more than once: a sign-out must reach all of it at once. */
const holder = globalThis as typeof globalThis & { likenessSessions?: LRUCache<string, Row | 'none'> };
holder.likenessSessions ??= new LRUCache<string, Row | 'none'>({ max: 10_000, ttl: CACHE_MS });
const cache = holder.likenessSessions;

/** A new row for a browser that has just proved who sits before it. */
export async function createSession(
  deps: Door,
  input: { userId: string; address?: string | undefined; userAgent?: string | undefined },
): Promise<{ sessionId: string; expiresAt: Date }> {
  const now = deps.clock.now();
  const sessionId = newId('session', now);
  const expiresAt = new Date(now + SESSION_LIFE_MS);
  const { userId, address = null, userAgent } = input;
  await deps.db.system((tx) =>
    tx.session.create({
      data: {
        id: sessionId,
        userId,
        address,
        userAgent: userAgent?.slice(0, 300) ?? null,
        createdAt: new Date(now),
        lastSeenAt: new Date(now),
        expiresAt,
      },
    }),
  );
  return { sessionId, expiresAt };
}

/** Who a session belongs to; null when it is unknown, revoked, 12 h idle or 30 days old. A revocation holds within 5 s. */
export async function verifySession(deps: Door, sessionId: string): Promise<KnownSession | null> {
  const row = cache.get(sessionId) ?? (await load(deps, sessionId));
  if (row === 'none') return null;
  const now = deps.clock.now();
  if (row.expiresAt <= now || now - row.lastSeenAt > SESSION_IDLE_MS) return null;
  if (now - row.lastSeenAt > SEEN_MS) {
    row.lastSeenAt = now;
    await deps.db.system((tx) =>
      tx.session.updateMany({
        where: { id: sessionId, revokedAt: null },
        data: { lastSeenAt: new Date(now) },
      }),
    );
  }
  return row.known;
}

async function load(deps: Door, sessionId: string): Promise<Row | 'none'> {
  const found = await deps.db.system((tx) =>
    tx.session.findUnique({ where: { id: sessionId }, include: { user: true } }),
  );
  const row: Row | 'none' =
    !found || found.revokedAt
      ? 'none'
      : {
          known: {
            sessionId,
            userId: found.userId,
            email: found.user.email,
            name: found.user.name,
            locale: found.user.locale,
          },
          lastSeenAt: found.lastSeenAt.getTime(),
          expiresAt: found.expiresAt.getTime(),
        };
  cache.set(sessionId, row);
  return row;
}

/** Ends a session on the server; the cookie is worth nothing from then on. Revoking again changes nothing. */
export async function revokeSession(deps: Door, sessionId: string): Promise<void> {
  await deps.db.system((tx) =>
    tx.session.updateMany({
      where: { id: sessionId, revokedAt: null },
      data: { revokedAt: new Date(deps.clock.now()) },
    }),
  );
  cache.delete(sessionId);
}

/** Ends every session of a person but the one that asks ("sign out others"). */
export async function revokeOtherSessions(
  deps: Door,
  input: { userId: string; keepSessionId: string },
): Promise<{ endedSessions: number }> {
  const { count } = await deps.db.system((tx) =>
    tx.session.updateMany({
      where: { userId: input.userId, id: { not: input.keepSessionId }, revokedAt: null },
      data: { revokedAt: new Date(deps.clock.now()) },
    }),
  );
  forgetSessions();
  return { endedSessions: count };
}

/** Makes this process ask the database again; others do so within 5 s by themselves. */
export function forgetSessions(): void {
  cache.clear();
}
