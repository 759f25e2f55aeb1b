import { encodeFrame } from '@likeness/contracts/engine-frame';
import { AppError, toErrorBody } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import {
  DEADLINE_HEADER,
  detectRequestSchema,
  embedRequestSchema,
  normalizeRequestSchema,
  probeRequestSchema,
  REQUEST_HEADER,
  RESULT_HEADER,
} from '@likeness/contracts/inference';
import { LIMITS } from '@likeness/contracts/limits';
import type { BuiltinModel } from '@likeness/vision/models/builtin';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { probeModel } from '../lanes/probe-model.ts';
import type { Control, Parts, VisionService } from '../lanes/vision-service.ts';

const MODEL_BYTES_MAX = LIMITS.modelBytesMax;

/** The wire of `@likeness/contracts/inference`. */
export function createInferenceServer(how: {
  service: VisionService;
  parts: Parts;
  builtin: BuiltinModel[];
  report(error: unknown): void;
}): FastifyInstance {
  const { service, parts } = how;
  const app = Fastify({
    http: { maxHeaderSize: 256 * 1024 }, // a manifest with a thousand classes travels in a header

    bodyLimit: LIMITS.imageBytesMax + 1024,

    forceCloseConnections: true,
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const known =
      error instanceof AppError
        ? error
        : error.statusCode === 413
          ? new AppError('payload_too_large', { message: `An image may have ${LIMITS.imageBytesMax} bytes.` })
          : error;
    if (!(known instanceof AppError)) how.report(known);
    const { status, body } = toErrorBody(known, newId('request'));
    return reply.code(status).send(body);
  });
  app.setNotFoundHandler(() => {
    throw new AppError('not_found');
  });

  app.post('/normalize', async (request, reply) => {
    const { lane } = header(normalizeRequestSchema, request);
    const { facts, display } = await service.normalize(bodyOf(request), controlOf(request, lane));
    return reply.header(RESULT_HEADER, JSON.stringify(facts)).type('image/jpeg').send(display);
  });
  app.post('/detect', async (request) => {
    const { lane, raster, detector } = header(detectRequestSchema, request);
    return service.detect(
      { bytes: bodyOf(request), raster: raster ?? null },
      detector,
      controlOf(request, lane),
    );
  });
  app.post('/embed', async (request, reply) => {
    const { lane, raster, ...rest } = header(embedRequestSchema, request);
    const { result, vectors } = await service.embed(
      { bytes: bodyOf(request), raster: raster ?? null },
      rest,
      controlOf(request, lane),
    );
    return reply.type('application/octet-stream').send(encodeFrame(result, vectors));
  });
  app.put<{ Params: { sha256: string } }>(
    '/models/:sha256',
    { bodyLimit: MODEL_BYTES_MAX },
    async (request, reply) => {
      parts.store.put(request.params.sha256, bodyOf(request));
      return reply.code(204).send();
    },
  );
  app.post('/models/probe', async (request) => {
    const { model } = header(probeRequestSchema, request);
    const file = parts.store.find(model.sha256);
    if (!file) throw new AppError('conflict', { message: 'model_not_loaded' });
    return probeModel(model, file);
  });
  app.get('/models/builtin', async () => ({
    models: how.builtin.map(({ manifest, sha256 }) => ({ manifest, sha256 })),
  }));
  app.get('/livez', async () => ({ ok: true }));
  app.get('/readyz', async () => ({ ok: true }));
  app.get('/counters', async () => ({
    decodes: parts.decoder.decodes,
    kills: parts.decoder.kills,
    runs: parts.sessions.runs,
  }));
  return app;
}

function header<T extends z.ZodType>(schema: T, request: FastifyRequest): z.output<T> {
  const text = request.headers[REQUEST_HEADER];
  let value: unknown;
  try {
    value = JSON.parse(typeof text === 'string' ? text : '{}');
  } catch (cause) {
    throw new AppError('invalid_request', { message: `${REQUEST_HEADER} is not JSON.`, cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid_request', {
    message: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
  });
}

const bodyOf = (request: FastifyRequest): Buffer =>
  Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);

function controlOf(request: FastifyRequest, lane: Control['lane']): Control {
  const gone = new AbortController();
  request.raw.once('close', () => request.raw.readableAborted && gone.abort());
  const deadlineMs = Number(request.headers[DEADLINE_HEADER] ?? 0) || undefined;
  if (deadlineMs && Date.now() > deadlineMs)
    throw new AppError('deadline_exceeded', { retryAfterSeconds: 1 });
  return { lane, deadlineMs, signal: gone.signal };
}
