import { AppError } from '@likeness/contracts/errors';
import type { Deps } from '@likeness/core/context';
import { forgetLiveIndexes } from '@likeness/core/index-version/resolve-index';
import { KeyVerifier } from '@likeness/core/key/verify-key';
import { RateLimiter } from './steps/rate-limit.ts';

/** What the public API holds in one process. */
export type PublicApi = {
  deps: Deps;
  keys: KeyVerifier;
  limiter: RateLimiter;
  operatorToken: string;
  /** Name or id of the tenant that the operator means when it names none. */
  defaultTenant(): Promise<string>;
};

export async function createPublicApi(deps: Deps, options: { operatorToken: string }): Promise<PublicApi> {
  const keys = new KeyVerifier(deps);
  await deps.db.listen('api_key_changed', () => keys.forget());
  await deps.db.listen('catalog_changed', (payload) => forgetLiveIndexes(payload.split(' ')[0] ?? ''));
  return { deps, keys, limiter: new RateLimiter(() => deps.clock.now()), operatorToken: options.operatorToken, defaultTenant: () => oldestTenant(deps) };
}

async function oldestTenant(deps: Deps): Promise<string> {
  const row = await deps.db.system((tx) => tx.tenant.findFirst({ orderBy: { createdAt: 'asc' }, select: { id: true } }));
  if (!row) throw new AppError('not_found', { message: 'There is no tenant yet.' });
  return row.id;
}
