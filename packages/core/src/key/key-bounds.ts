import { AppError } from '@likeness/contracts/errors';
import { SCOPES } from '@likeness/contracts/scopes';
import type { Tx } from '@likeness/db/database';
import type { Ctx } from '../context.ts';

export type Bounds = { ratePerSecond: number; burst: number; expiresAt: Date | null };

const UNBOUND: Bounds = {
  ratePerSecond: Number.POSITIVE_INFINITY,
  burst: Number.POSITIVE_INFINITY,
  expiresAt: null,
};

/**
 * What a key that the caller hands out may be at most: a key's own rate, burst and end. People, the operator, and a key of
 * all scopes, which may do whatever the workspace may, are not bound.
 */
export async function boundsOf(tx: Tx, { actor }: Pick<Ctx, 'actor'>): Promise<Bounds> {
  if (actor.type !== 'key' || SCOPES.every((scope) => actor.permissions.has(scope))) return UNBOUND;
  const select = { ratePerSecond: true, burst: true, expiresAt: true } as const;
  return tx.apiKey.findFirstOrThrow({ where: { id: actor.id }, select });
}

/** A key must not live on, or grow, through another that it makes. Error: `forbidden`. */
export function requireWithin(bounds: Bounds, wanted: Bounds): void {
  const refuse = (what: string): never => {
    throw new AppError('forbidden', {
      message: `A key cannot hand out more than it has: ${what}.`,
      hint: 'Ask for less, or let a person make the key in the console.',
    });
  };
  if (wanted.ratePerSecond > bounds.ratePerSecond)
    refuse(`at most ${bounds.ratePerSecond} requests a second`);
  if (wanted.burst > bounds.burst) refuse(`a burst of at most ${bounds.burst}`);
  if (bounds.expiresAt && (wanted.expiresAt === null || wanted.expiresAt > bounds.expiresAt))
    refuse(`its end is ${bounds.expiresAt.toISOString()}`);
}
