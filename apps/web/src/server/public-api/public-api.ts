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
};

export async function createPublicApi(deps: Deps, options: { operatorToken: string }): Promise<PublicApi> {
  const keys = new KeyVerifier(deps);
  await deps.db.listen('api_key_changed', () => keys.forget());
  await deps.db.listen('catalog_changed', (payload) => forgetLiveIndexes(payload.split(' ')[0] ?? ''));
  return {
    deps,
    keys,
    limiter: new RateLimiter(() => deps.clock.now()),
    operatorToken: options.operatorToken,
  };
}
