import type { CollectionStats, SearchAnswer } from '@likeness/contracts/engine';
import { encodeFrame } from '@likeness/contracts/engine-frame';
import { AppError, ERROR_CODES, type ErrorCode } from '@likeness/contracts/errors';
import { Agent, request } from 'undici';
import type { EngineCall, VectorEngine } from '../vector-engine.ts';

const SEARCH_TIMEOUT_MS = 5_000;
const WRITE_TIMEOUT_MS = 60_000;
const SEAL_TIMEOUT_MS = 3_600_000;

type Call = EngineCall & { method: 'GET' | 'PUT' | 'POST' | 'DELETE'; body?: Buffer };

/** Client of apps/engine. Reads are tried a second time when the connection broke; writes are idempotent, so they too. */
export function createEmbeddedEngine(options: { url: string }): VectorEngine {
  const dispatcher = new Agent({
    keepAliveTimeout: 30_000,
    connections: 64,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const call = async <T>(path: string, how: Call): Promise<T> => {
    const once = (): Promise<T> => send<T>(new URL(path, options.url), how, dispatcher);
    return once().catch((error) => {
      if (error instanceof AppError || how.signal?.aborted) throw error;
      return once().catch((again) => {
        throw again instanceof AppError
          ? again
          : new AppError('engine_unavailable', { cause: again, retryAfterSeconds: 2 });
      });
    });
  };
  const at = (name: string, action = ''): string => `/collections/${encodeURIComponent(name)}${action}`;
  const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
  return {
    create: (name, dims) => call<CollectionStats>(at(name), { method: 'PUT', body: json({ dims }) }),
    upsert: async (name, { dims, points, vectors }) => {
      await call(at(name, '/points'), {
        method: 'POST',
        body: encodeFrame({ dims, points }, vectors),
        timeoutMs: WRITE_TIMEOUT_MS,
      });
    },
    delete: async (name, what) => {
      await call(at(name, '/delete'), { method: 'POST', body: json(what), timeoutMs: WRITE_TIMEOUT_MS });
    },
    seal: (name) => call<CollectionStats>(at(name, '/seal'), { method: 'POST', timeoutMs: SEAL_TIMEOUT_MS }),
    search: (name, query, how) =>
      call<SearchAnswer>(at(name, '/search'), {
        ...how,
        method: 'POST',
        body: encodeFrame({ ...query.request, dims: query.vector.length }, query.vector),
      }),
    stats: (name) => call<CollectionStats>(at(name), { method: 'GET' }),
    list: async () => (await call<{ collections: string[] }>('/collections', { method: 'GET' })).collections,
    drop: async (name) => {
      await call(at(name), { method: 'DELETE', timeoutMs: WRITE_TIMEOUT_MS });
    },
  };
}

async function send<T>(url: URL, how: Call, dispatcher: Agent): Promise<T> {
  const timeout = AbortSignal.timeout(how.timeoutMs ?? SEARCH_TIMEOUT_MS);
  const signal = how.signal ? AbortSignal.any([how.signal, timeout]) : timeout;
  const { statusCode, body } = await request(url, {
    method: how.method,
    body: how.body ?? null,
    dispatcher,
    signal,
  });
  const text = await body.text();
  if (statusCode < 300) return JSON.parse(text) as T;
  throw toAppError(text);
}

function toAppError(text: string): AppError {
  try {
    const { error } = JSON.parse(text) as { error: { code: ErrorCode; message: string; hint: string } };
    if (ERROR_CODES.includes(error.code) && error.code !== 'internal') return new AppError(error.code, error);
  } catch {
    // no error body: the engine itself is not well
  }
  return new AppError('engine_unavailable', { retryAfterSeconds: 2, cause: text });
}
