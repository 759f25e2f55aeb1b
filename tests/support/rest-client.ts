import { text as readText } from 'node:stream/consumers';
import type { Scope } from '@likeness/contracts/scopes';
import { SCOPES } from '@likeness/contracts/scopes';
import type { Ctx, Deps } from '@likeness/core/context';
import { insertKey } from '@likeness/core/key/create-key';
import { handlePublicRequest } from '../../apps/web/src/server/public-api/handle-request.ts';
import { createPublicApi, type PublicApi } from '../../apps/web/src/server/public-api/public-api.ts';
import { fromWebRequest } from '../../apps/web/src/server/public-api/public-request.ts';
import { type Stack, startStack } from './stack.ts';

export const OPERATOR_TOKEN = 'lko_operator-token-of-the-tests';

export type RestAnswer = { status: number; body: unknown; headers: Headers };
export type RestCall = { key?: string; body?: unknown; form?: FormData; headers?: Record<string, string> };
export type RestClient = {
  api: PublicApi;
  call(method: string, path: string, options?: RestCall): Promise<RestAnswer>;
};

/** REST v1 without a socket: the same function that the web app calls. */
export async function createRestClient(deps: Deps): Promise<RestClient> {
  const api = await createPublicApi(deps, { operatorToken: OPERATOR_TOKEN });
  return {
    api,
    call: async (method, path, { key, body, form, headers = {} } = {}) => {
      const authorization: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
      const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
      const payload =
        form ?? (body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
      const request = new Request(`http://likeness.test${path}`, {
        method,
        headers: { ...authorization, ...type, ...headers },
        body: payload,
      });
      const answer = await handlePublicRequest(api, fromWebRequest(request));
      const { status, headers: answered, body: text } = answer;
      const whole = typeof text === 'string' ? text : await readText(text);
      return { status, body: parse(whole), headers: new Headers(answered) };
    },
  };
}

/** A stack of its own with one tenant, a REST client and a key of that tenant that may do everything. */
export type RestTenant = {
  stack: Stack;
  rest: RestClient;
  ctx: Ctx;
  key: string;
  /** One JSON call with that key. */
  call(method: string, path: string, body?: unknown): Promise<RestAnswer>;
};

export async function openRestTenant(name: string): Promise<RestTenant> {
  const stack = await startStack();
  const rest = await createRestClient(stack.deps);
  const ctx = await stack.tenant(name);
  const key = await keyFor(ctx);
  const call = (method: string, path: string, body?: unknown): Promise<RestAnswer> =>
    rest.call(method, path, { key, ...(body === undefined ? {} : { body }) });
  return { stack, rest, ctx, key, call };
}

/** A key of the tenant with these scopes (all unless told) and no practical rate limit. */
export async function keyFor(ctx: Ctx, scopes: readonly Scope[] = SCOPES): Promise<string> {
  const made = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    insertKey(tx, ctx, {
      name: 'test',
      scopes: [...scopes],
      ratePerSecond: 1000,
      burst: 5000,
      expiresAt: null,
    }),
  );
  return made.apiKey;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export const errorCode = (answer: RestAnswer): string =>
  (answer.body as { error?: { code?: string } }).error?.code ?? '';
