import { Readable } from 'node:stream';
import { AppError } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';
import {
  eventsAnswerSchema,
  eventsBodySchema,
  keyAnswerSchema,
  keyBodySchema,
  keySchema,
  keysAnswerSchema,
  rotateBodySchema,
  tenantAnswerSchema,
  tenantBodySchema,
  usageAnswerSchema,
  usageQuerySchema,
} from '@likeness/contracts/rest/account';
import { modelAnswerSchema, modelsAnswerSchema } from '@likeness/contracts/rest/catalogs';
import { recordEvents } from '@likeness/core/event/record-events';
import { listKeys, revokeKey, rotateKey } from '@likeness/core/key/change-key';
import { createKey } from '@likeness/core/key/create-key';
import type { KeyView } from '@likeness/core/key/key-view';
import { addModel } from '@likeness/core/model/add-model';
import { listModels } from '@likeness/core/model/list-models';
import type { ModelView } from '@likeness/core/model/model-ref';
import { createTenant } from '@likeness/core/tenant/create-tenant';
import { getUsage } from '@likeness/core/usage/get-usage';
import { z } from 'zod';
import { defineRoute } from '../define-route.ts';

const tenant = { meter: null, tenancy: 'tenant' } as const;
const keyParams = z.object({ id: z.string().min(1).max(64) });

export const eventsRoute = defineRoute({
  ...tenant,
  method: 'POST',
  path: '/v1/events',
  summary: 'Tell what shoppers did with answers',
  scope: 'events:write',
  rate: 'write',
  body: eventsBodySchema,
  answer: { status: 202, schema: eventsAnswerSchema },
  errors: [],
  handle: ({ ctx, body }) =>
    recordEvents(ctx, {
      events: body.events.map(({ type, request_id: requestId, product_id: productId, position, time }) => ({
        type,
        requestId,
        productId,
        position,
        time: time ? new Date(time) : undefined,
      })),
    }),
});

export const usageRoute = defineRoute({
  ...tenant,
  method: 'GET',
  path: '/v1/usage',
  summary: 'Billable units by meter, from the ledger',
  scope: 'usage:read',
  rate: 'read',
  query: usageQuerySchema,
  answer: { status: 200, schema: usageAnswerSchema },
  errors: [],
  handle: ({ ctx, query }) => getUsage(ctx, query),
});

export const listModelsRoute = defineRoute({
  ...tenant,
  method: 'GET',
  path: '/v1/models',
  summary: 'Encoders and detectors',
  scope: 'models:read',
  rate: 'read',
  answer: { status: 200, schema: modelsAnswerSchema },
  errors: ['inference_unavailable'],
  handle: async ({ ctx }) => ({ models: (await listModels(ctx)).map(toModel) }),
});

export const addModelRoute = defineRoute({
  ...tenant,
  method: 'POST',
  path: '/v1/models',
  summary: 'Add a model: parts "manifest" (JSON) and "file" (ONNX)',
  scope: 'models:write',
  rate: 'write',
  body: z.strictObject({ manifest: z.unknown() }),
  accepts: { multipart: true, files: ['file'], bytesMax: LIMITS.modelBytesMax },
  answer: { status: 201, schema: modelAnswerSchema },
  errors: [
    'invalid_manifest',
    'model_conflict',
    'model_rejected',
    'payload_too_large',
    'storage_full',
    'inference_unavailable',
  ],
  handle: async ({ ctx, body, uploads }) => {
    const upload = uploads.get('file');
    if (!upload) throw new AppError('invalid_request', { message: 'The part "file" is missing.' });
    try {
      return toModel(
        await addModel(ctx, {
          manifest: body.manifest,
          file: Readable.from(await ctx.deps.objects.stream(upload.key)),
        }),
      );
    } finally {
      await ctx.deps.objects.delete(upload.key);
    }
  },
});

export const createKeyRoute = defineRoute({
  ...tenant,
  method: 'POST',
  path: '/v1/keys',
  summary: 'Make an API key; it is shown once',
  scope: 'keys:write',
  rate: 'write',
  body: keyBodySchema,
  answer: { status: 201, schema: keyAnswerSchema },
  errors: [],
  handle: async ({ ctx, body }) => {
    const { rate_per_second: ratePerSecond, expires_at: expiresAt, ...rest } = body;
    const made = await createKey(ctx, {
      ...rest,
      ...(ratePerSecond ? { ratePerSecond } : {}),
      expiresAt: expiresAt ? new Date(expiresAt) : null,
    });
    return { api_key: made.apiKey, key: toKey(made.key) };
  },
});

export const listKeysRoute = defineRoute({
  ...tenant,
  method: 'GET',
  path: '/v1/keys',
  summary: 'API keys, without their secrets',
  scope: 'keys:write',
  rate: 'read',
  answer: { status: 200, schema: keysAnswerSchema },
  errors: [],
  handle: async ({ ctx }) => ({ keys: (await listKeys(ctx)).map(toKey) }),
});

export const revokeKeyRoute = defineRoute({
  ...tenant,
  method: 'POST',
  path: '/v1/keys/{id}/revoke',
  summary: 'End a key within 10 s',
  scope: 'keys:write',
  rate: 'write',
  params: keyParams,
  answer: { status: 200, schema: keySchema },
  errors: ['not_found'],
  handle: async ({ ctx, params }) => toKey(await revokeKey(ctx, { keyId: params.id })),
});

export const rotateKeyRoute = defineRoute({
  ...tenant,
  method: 'POST',
  path: '/v1/keys/{id}/rotate',
  summary: 'A new key with the same rights; the old one works on for a while',
  scope: 'keys:write',
  rate: 'write',
  params: keyParams,
  body: rotateBodySchema,
  answer: { status: 201, schema: keyAnswerSchema },
  errors: ['not_found', 'conflict'],
  handle: async ({ ctx, params, body }) => {
    const made = await rotateKey(ctx, { keyId: params.id, graceSeconds: body.grace_seconds });
    return { api_key: made.apiKey, key: toKey(made.key) };
  },
});

export const createTenantRoute = defineRoute({
  method: 'POST',
  path: '/v1/tenants',
  summary: 'Make a tenant (operator token)',
  scope: null,
  rate: 'write',
  meter: null,
  tenancy: 'operator',
  body: tenantBodySchema,
  answer: { status: 201, schema: tenantAnswerSchema },
  errors: ['conflict'],
  handle: async ({ ctx, body }) => {
    const made = await createTenant(ctx, body);
    return { tenant_id: made.tenantId, name: made.name, slug: made.slug };
  },
});

function toKey(key: KeyView): z.output<typeof keySchema> {
  const { id, name, prefix, last4, scopes } = key;
  const date = (value: Date | null): string | null => value?.toISOString() ?? null;
  return {
    id,
    name,
    prefix,
    last4,
    scopes,
    expires_at: date(key.expiresAt),
    revoked_at: date(key.revokedAt),
    created_at: key.createdAt.toISOString(),
    last_used_at: date(key.lastUsedAt),
  };
}

function toModel(model: ModelView): z.output<typeof modelAnswerSchema> {
  const { modelId, task, sha256, builtin, manifest } = model;
  return { model_id: modelId, task, sha256, builtin, license: manifest.license, source: manifest.source };
}
