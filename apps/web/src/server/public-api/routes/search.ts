import { setImmediate } from 'node:timers/promises';
import { LIMITS } from '@likeness/contracts/limits';
import {
  detectAnswerSchema,
  detectBodySchema,
  searchAnswerSchema,
  searchBodySchema,
} from '@likeness/contracts/rest/search';
import { detectImageObjects } from '@likeness/core/detect/detect-objects';
import { searchByImage } from '@likeness/core/search/search-by-image';
import { costOf } from '@likeness/core/usage/meters';
import { recordUsage } from '@likeness/core/usage/record-usage';
import { defineRoute } from '../define-route.ts';
import { PreparedJson } from '../prepared-json.ts';
import { toSearchAnswer } from '../serialize/search-answer.ts';

const IMAGE_ERRORS = [
  'unsupported_image',
  'image_too_large',
  'image_corrupt',
  'image_timeout',
  'payload_too_large',
  'not_found',
  'catalog_required',
] as const;
const MODEL_ERRORS = [
  'inference_unavailable',
  'engine_unavailable',
  'overloaded',
  'deadline_exceeded',
] as const;
/** A photo in base64 with its other fields. */
const BODY_BYTES_MAX = Math.ceil((LIMITS.imageBytesMax * 4) / 3) + 65_536;

export const search = defineRoute({
  method: 'POST',
  path: '/v1/search',
  summary: 'Search a catalog by photo',
  scope: 'search:run',
  rate: 'search',
  meter: 'search',
  tenancy: 'tenant',
  body: searchBodySchema,
  accepts: { multipart: true, bytesMax: BODY_BYTES_MAX },
  answer: { status: 200, schema: searchAnswerSchema },
  errors: [
    'image_required',
    'invalid_box',
    'invalid_filter',
    'image_expired',
    'no_live_index',
    'storage_full',
    ...IMAGE_ERRORS,
    ...MODEL_ERRORS,
  ],
  handle: async ({ ctx, body, keyId }) => {
    const { image, image_id: imageId, product_id: productId, ...rest } = body;
    const input = {
      ...rest,
      image: image && Buffer.from(image.buffer, image.byteOffset, image.byteLength),
      imageId,
      productId,
    };
    const result = await searchByImage(ctx, input);
    const written = recordUsage(ctx, {
      outcome: result.outcome,
      source: 'api',
      keyId,
      catalogId: result.catalogId,
      shown: { result, filter: body.filter ?? null },
    });
    const usage = costOf(result.outcome, 'api');
    // The answer is written down while Postgres commits.
    const [, answer] = await Promise.all([
      written,
      setImmediate().then(() => new PreparedJson({ ...toSearchAnswer(ctx, result), usage })),
    ]);
    return answer;
  },
});

export const detect = defineRoute({
  method: 'POST',
  path: '/v1/detect',
  summary: 'Find the objects of a photo',
  scope: 'detect:run',
  rate: 'search',
  meter: 'detect',
  tenancy: 'tenant',
  body: detectBodySchema,
  accepts: { multipart: true, bytesMax: BODY_BYTES_MAX },
  answer: { status: 200, schema: detectAnswerSchema },
  errors: ['image_required', ...IMAGE_ERRORS, ...MODEL_ERRORS],
  handle: async ({ ctx, body, keyId }) => {
    const image = Buffer.from(body.image.buffer, body.image.byteOffset, body.image.byteLength);
    const found = await detectImageObjects(ctx, { image, catalog: body.catalog });
    const usage = await recordUsage(ctx, {
      outcome: 'detect',
      source: 'api',
      keyId,
      catalogId: found.catalogId,
      shown: null,
    });
    return {
      request_id: ctx.requestId,
      image: found.image,
      objects: found.objects,
      timings_ms: found.ms,
      usage,
    };
  },
});
