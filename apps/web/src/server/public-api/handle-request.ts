import { Readable } from 'node:stream';
import { AppError, toErrorBody } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import { cutText } from '@likeness/contracts/storable-text';
import type { Ctx } from '@likeness/core/context';
import type { RouteDefinition } from './define-route.ts';
import { openApiDocument } from './openapi.ts';
import { PreparedJson } from './prepared-json.ts';
import type { PublicApi } from './public-api.ts';
import type { PublicAnswer, PublicRequest } from './public-request.ts';
import { type MatchedRoute, matchRoute, methodsOf } from './routes.ts';
import { authenticate, type Caller, requireOperatorToken } from './steps/authenticate.ts';
import { parseInput } from './steps/parse-input.ts';
import { rateHeaders } from './steps/rate-limit.ts';
import { readBody } from './steps/read-body.ts';
import { openUploads } from './steps/upload-sink.ts';

/** REST v1, one request: authenticate › rate-limit › parse › handle › meter (in the handler's verb) › respond. */
export async function handlePublicRequest(api: PublicApi, request: PublicRequest): Promise<PublicAnswer> {
  const requestId = newId('request');
  const headers: Record<string, string> = {
    'x-request-id': requestId,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  try {
    const url = new URL(request.url);
    if (url.pathname === '/v1/openapi.json') {
      if (request.method === 'GET') return json(200, openApiDocument(), headers);
      headers.allow = 'GET';
      throw new AppError('method_not_allowed');
    }
    const matched = matchRoute(request.method, url.pathname);
    if (matched === null)
      throw new AppError('not_found', {
        message: 'There is no such address.',
        hint: 'See /v1/openapi.json.',
      });
    if (matched === 'method') {
      headers.allow = methodsOf(url.pathname).join(', ');
      throw new AppError('method_not_allowed');
    }
    const answer = await run(api, { request, url, requestId, matched, headers });
    const { status, type = 'application/json' } = matched.route.answer;
    if (answer instanceof Readable)
      return { status, headers: { ...headers, 'content-type': type }, body: answer };
    return json(status, answer, headers);
  } catch (error) {
    return errorResponse(api, error, { requestId, headers });
  }
}

type Run = {
  request: PublicRequest;
  url: URL;
  requestId: string;
  matched: MatchedRoute;
  headers: Record<string, string>;
};

async function run(api: PublicApi, how: Run): Promise<unknown> {
  const { route } = how.matched;
  const caller = await callerOf(api, how);
  if (caller.rate) {
    const state = api.limiter.take(caller.rate);
    Object.assign(how.headers, rateHeaders(caller.rate, state));
    if (state.refusedForSeconds !== null)
      throw new AppError('rate_limited', { retryAfterSeconds: state.refusedForSeconds });
  }
  const ctx: Ctx = {
    tenantId: caller.tenantId,
    actor: caller.actor,
    requestId: how.requestId,
    deps: api.deps,
    ...(how.request.address ? { address: how.request.address } : {}),
    signal: how.request.signal,
  };
  if (route.scope && !caller.actor.permissions.has(route.scope)) {
    throw new AppError(caller.keyId ? 'insufficient_scope' : 'forbidden', {
      message: `This needs the scope ${route.scope}.`,
    });
  }
  const params = parseInput(route.params, how.matched.params);
  const query = parseInput(route.query, fieldsOnce(how.url.searchParams), 'query');
  const stored = openUploads(ctx);
  try {
    const { fields, uploads } = hasBody(route)
      ? await readBody(how.request, route, stored.take)
      : { fields: {}, uploads: new Map() };
    const body = parseInput(route.body, fields);
    return await route.handle({ ctx, params, query, body, uploads, keyId: caller.keyId });
  } catch (error) {
    await stored.drop();
    throw error;
  }
}

/** Of a field that is named twice nobody can say which one is meant. Errors: `invalid_request`. */
function fieldsOnce(query: URLSearchParams): Record<string, string> {
  const twice = [...query.keys()].find((name) => query.getAll(name).length > 1);
  if (twice !== undefined)
    throw new AppError('invalid_request', { message: `The query names "${cutText(twice, 60)}" twice.` });
  return Object.fromEntries(query);
}

const hasBody = ({ method }: RouteDefinition): boolean => method !== 'GET' && method !== 'DELETE';

async function callerOf(api: PublicApi, how: Run): Promise<Caller> {
  if (how.matched.route.tenancy !== 'operator') return authenticate(api, how.request, how.requestId);
  return { tenantId: '', actor: requireOperatorToken(api, how.request), keyId: null, rate: null };
}

function json(status: number, value: unknown, headers: Record<string, string>): PublicAnswer {
  const type = 'application/json; charset=utf-8';
  const body = value instanceof PreparedJson ? value.text : JSON.stringify(value);
  return { status, headers: { ...headers, 'content-type': type }, body };
}

function errorResponse(
  api: PublicApi,
  error: unknown,
  how: { requestId: string; headers: Record<string, string> },
): PublicAnswer {
  const { status, body } = toErrorBody(error, how.requestId);
  if (status >= 500) api.deps.log.error({ err: error, requestId: how.requestId }, 'request failed');
  const headers = { ...how.headers };
  if (error instanceof AppError && error.retryAfterSeconds)
    headers['retry-after'] = String(error.retryAfterSeconds);
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  return json(status, body, headers);
}
