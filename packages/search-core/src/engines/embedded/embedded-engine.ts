import { setTimeout as delay } from 'node:timers/promises';
import type { CollectionStats, SearchAnswer } from '@likeness/contracts/engine';
import { encodeFrame } from '@likeness/contracts/engine-frame';
import { AppError, ERROR_CODES, type ErrorCode } from '@likeness/contracts/errors';
import { Agent, request } from 'undici';
import { type Deadline, withDeadline } from '../../call-deadline.ts';
import type { EngineCall, VectorEngine } from '../vector-engine.ts';

const SEARCH_TIMEOUT_MS = 5_000;
const WRITE_TIMEOUT_MS = 60_000;
const SEAL_TIMEOUT_MS = 3_600_000;
/** An engine that died is started again at once: a call waits for it so long, asking each time a little later. */
const RESTART_MS = 4_000;
const RETRY_MS = { first: 50, most: 400 };

type Call = EngineCall & { method: 'GET' | 'PUT' | 'POST' | 'DELETE'; body?: Buffer };

/**
 * Client of apps/engine. Every call, writes too since they are idempotent, is tried again while its connection
 * breaks or is refused, for as long as a restart takes, within one deadline. Errors besides the contract's: `deadline_exceeded`, `canceled` when the
 * caller's signal fired, `overloaded`.
 */
export function createEmbeddedEngine(options: { url: string }): VectorEngine {
  const dispatcher = new Agent({
    keepAliveTimeout: 30_000,
    connections: 64,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const call = <T>(path: string, how: Call): Promise<T> =>
    withDeadline({ timeoutMs: how.timeoutMs ?? SEARCH_TIMEOUT_MS, signal: how.signal }, (deadline) =>
      untilAnswered(() => send<T>(new URL(path, options.url), how, { dispatcher, deadline }), {
        deadline,
        caller: how.signal,
      }),
    );
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

async function untilAnswered<T>(
  attempt: () => Promise<T>,
  by: { deadline: Deadline; caller: AbortSignal | undefined },
): Promise<T> {
  const giveUp = performance.now() + RESTART_MS;
  for (let pause = RETRY_MS.first; ; pause = Math.min(RETRY_MS.most, pause * 2)) {
    try {
      return await attempt();
    } catch (error) {
      const over = by.deadline.signal.aborted || performance.now() + pause > giveUp;
      if (error instanceof AppError || over) throw toTyped(error, by);
      await delay(pause);
    }
  }
}

async function send<T>(url: URL, how: Call, through: { dispatcher: Agent; deadline: Deadline }): Promise<T> {
  const { statusCode, body } = await request(url, {
    method: how.method,
    body: how.body ?? null,
    dispatcher: through.dispatcher,
    signal: through.deadline.signal,
  });
  const text = await body.text();
  if (statusCode < 300) return JSON.parse(text) as T;
  throw toAppError(text);
}

function toTyped(error: unknown, by: { deadline: Deadline; caller: AbortSignal | undefined }): AppError {
  if (error instanceof AppError) return error;
  if (by.caller?.aborted) return new AppError('canceled', { cause: error });
  if (by.deadline.expired()) return new AppError('deadline_exceeded', { cause: error, retryAfterSeconds: 2 });
  return new AppError('engine_unavailable', { cause: error, retryAfterSeconds: 2 });
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
