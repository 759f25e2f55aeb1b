import { composeDeps } from '@likeness/core/adapters/compose-deps';
import type { Deps } from '@likeness/core/context';
import pino from 'pino';
import { createPublicApi, type PublicApi } from './public-api/public-api.ts';

type Composition = { deps: Promise<Deps>; api: Promise<PublicApi> };
/** One per process, also when the bundler loads this module more than once. */
const holder = globalThis as typeof globalThis & { likenessComposition?: Composition };

function composition(): Composition {
  if (!holder.likenessComposition) {
    const log = pino({ name: 'web', level: process.env.LOG_LEVEL ?? 'info' });
    const deps = composeDeps(process.env, { log });
    const api = deps.then((made) =>
      createPublicApi(made, { operatorToken: process.env.OPERATOR_TOKEN ?? '' }),
    );
    holder.likenessComposition = { deps, api };
  }
  return holder.likenessComposition;
}

export const getDeps = (): Promise<Deps> => composition().deps;
export const getPublicApi = (): Promise<PublicApi> => composition().api;
