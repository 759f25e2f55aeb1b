import { setTimeout as delay } from 'node:timers/promises';
import { decodeFrame } from '@likeness/contracts/engine-frame';
import { AppError, ERROR_CODES, type ErrorCode } from '@likeness/contracts/errors';
import {
  DEADLINE_HEADER,
  type DetectRequest,
  type DetectResult,
  type EmbedRequest,
  type EmbedResult,
  type NormalizeResult,
  type ProbeResult,
  REQUEST_HEADER,
  RESULT_HEADER,
} from '@likeness/contracts/inference';
import type { ModelManifest } from '@likeness/contracts/model-manifest';
import { withDeadline } from '@likeness/search-core/call-deadline';
import { Agent, request } from 'undici';
import type { ObjectStore } from '../ports/object-store.ts';
import type { CallOptions, ImageInput, ModelRef, Vision } from '../ports/vision.ts';

type Reply = { headers: Record<string, string | string[] | undefined>; body: Buffer };
type Send = {
  path: string;
  method?: 'GET' | 'POST' | 'PUT';
  header?: unknown;
  body?: Uint8Array;
  options: CallOptions;
};

const TIMEOUT_MS = { interactive: 10_000, bulk: 60_000 } as const;
/** Longer for a model that travels or is tried; the list of those built in is no such call. */
const MODEL_TIMEOUT_MS = 120_000;
/** A service that died is started again at once: a call waits for it so long, asking each time a little later. */
const RESTART_MS = { interactive: 6_000, bulk: 20_000 } as const;
const RETRY_MS = { first: 50, most: 400 };

/** Client of apps/inference (wire: `@likeness/contracts/inference`). Model bytes are sent when it asks for them. */
export function createInferenceClient(how: { url: string; objects: ObjectStore }): Vision {
  const dispatcher = new Agent({
    keepAliveTimeout: 30_000,
    connections: 64,
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  const timeoutOf = ({ path, method, options }: Send): number =>
    TIMEOUT_MS[options.lane] + (path.startsWith('/models') && method !== 'GET' ? MODEL_TIMEOUT_MS : 0);
  const ask = async (
    { path, method = 'POST', header, body, options }: Send,
    signal: AbortSignal,
  ): Promise<Reply> => {
    const headers: Record<string, string> = { 'content-type': 'application/octet-stream' };
    if (header) headers[REQUEST_HEADER] = asciiJson(header);
    if (options.deadlineMs) headers[DEADLINE_HEADER] = String(options.deadlineMs);
    const answer = await request(new URL(path, how.url), {
      method,
      headers,
      body: body ?? null,
      dispatcher,
      signal,
    });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    if (answer.statusCode < 300) return { headers: answer.headers, body: bytes };
    throw toAppError(bytes);
  };
  const once = (call: Send): Promise<Reply> =>
    withDeadline({ timeoutMs: timeoutOf(call), signal: call.options.signal }, ({ signal }) =>
      ask(call, signal),
    );
  /** Tried again while the connection breaks or is refused, for as long as a restart takes: every call is pure. */
  const send = async (call: Send): Promise<Reply> => {
    const giveUp = performance.now() + RESTART_MS[call.options.lane];
    for (let pause = RETRY_MS.first; ; pause = Math.min(RETRY_MS.most, pause * 2)) {
      try {
        return await once(call);
      } catch (error) {
        if (error instanceof AppError) throw error;
        if (call.options.signal?.aborted) throw new AppError('canceled', { cause: error });
        const late = call.options.deadlineMs && Date.now() + pause > call.options.deadlineMs;
        if (late || performance.now() + pause > giveUp)
          throw new AppError('inference_unavailable', { cause: error, retryAfterSeconds: 2 });
        await delay(pause);
      }
    }
  };
  const upload = async (model: ModelRef, options: CallOptions): Promise<void> => {
    if (!model.fileKey)
      throw new AppError('inference_unavailable', { message: `${model.manifest.id} is not built in.` });
    await send({
      path: `/models/${model.sha256}`,
      method: 'PUT',
      body: await how.objects.get(model.fileKey),
      options,
    });
  };
  const withModel = (call: Send, model: ModelRef | null): Promise<Reply> =>
    send(call).catch(async (error) => {
      if (!model || !(error instanceof AppError) || error.message !== 'model_not_loaded') throw error;
      await upload(model, call.options);
      return send(call);
    });
  /** Sends the handle of decoded pixels first and the bytes when they are gone. */
  const withImage = async (
    image: ImageInput,
    attempt: (part: { raster: string | null; body?: Uint8Array }) => Promise<Reply>,
  ): Promise<Reply> => {
    if (!image.raster) return attempt({ raster: null, body: await image.bytes() });
    return attempt({ raster: image.raster }).catch(async (error) => {
      if (!(error instanceof AppError) || error.message !== 'raster_gone') throw error;
      return attempt({ raster: null, body: await image.bytes() });
    });
  };
  const spec = (model: ModelRef): { manifest: ModelManifest; sha256: string } => ({
    manifest: model.manifest,
    sha256: model.sha256,
  });

  return {
    normalize: async (bytes, options) => {
      const { headers, body } = await send({
        path: '/normalize',
        header: { lane: options.lane },
        body: bytes,
        options,
      });
      return { ...(JSON.parse(String(headers[RESULT_HEADER])) as NormalizeResult), display: body };
    },
    detect: async (image, detector, options) => {
      const reply = await withImage(image, ({ raster, body }) => {
        const header: DetectRequest = { lane: options.lane, raster, detector: detector && spec(detector) };
        return withModel({ path: '/detect', header, ...(body ? { body } : {}), options }, detector);
      });
      return JSON.parse(reply.body.toString('utf8')) as DetectResult;
    },
    embed: async (image, { model, boxes, crop }, options) => {
      const reply = await withImage(image, ({ raster, body }) => {
        const header: EmbedRequest = { lane: options.lane, raster, model: spec(model), boxes, crop };
        return withModel({ path: '/embed', header, ...(body ? { body } : {}), options }, model);
      });
      const { header, vectors } = decodeFrame(reply.body);
      const { dims, count, width, height, raster, ms } = header as EmbedResult;
      const list = Array.from({ length: count }, (_, i) => vectors.subarray(i * dims, (i + 1) * dims));
      return { vectors: list, dims, width, height, raster, ms };
    },
    probeModel: async (model) => {
      const options: CallOptions = { lane: 'bulk' };
      const call: Send = { path: '/models/probe', header: { model: spec(model) }, options };
      return JSON.parse((await withModel(call, model)).body.toString('utf8')) as ProbeResult;
    },
    builtinModels: async () => {
      const { body } = await send({
        path: '/models/builtin',
        method: 'GET',
        options: { lane: 'interactive' },
      });
      return (JSON.parse(body.toString('utf8')) as { models: { manifest: ModelManifest; sha256: string }[] })
        .models;
    },
  };
}

/** Header values are ASCII; everything else is escaped. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function toAppError(bytes: Buffer): AppError {
  try {
    const { error } = JSON.parse(bytes.toString('utf8')) as {
      error: { code: ErrorCode; message: string; hint: string };
    };
    if (ERROR_CODES.includes(error.code) && error.code !== 'internal') return new AppError(error.code, error);
  } catch {
    // no error body
  }
  return new AppError('inference_unavailable', {
    retryAfterSeconds: 2,
    cause: bytes.toString('utf8', 0, 200),
  });
}
