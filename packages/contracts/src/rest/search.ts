import { z } from 'zod';
import { boxSchema, pointSchema } from '../box.ts';
import { searchFilterSchema } from '../filter.ts';
import { LIMITS } from '../limits.ts';

const fieldName = z.string().min(1).max(LIMITS.attributeNameMax);

/** Begins each refusal of what stands for the photo: such a one is answered as `image_required`. */
const ONE_IMAGE = 'exactly one of image, image_id, product_id is needed';
/** A form sends a field that was left empty as one without a byte or a letter. */
const EMPTY = { message: `${ONE_IMAGE}; this one is empty` };

const imageSchema = z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength > 0, EMPTY);

/** Body of POST /v1/search; multipart carries the same fields, `filter` and `facets` as JSON. */
export const searchBodySchema = z
  .strictObject({
    image: imageSchema.optional().meta({ description: 'The photo: a file part, or base64 in JSON.' }),
    image_id: z.string().min(1, EMPTY).max(64).optional(),
    product_id: z.string().min(1, EMPTY).max(LIMITS.productIdMax).optional(),
    catalog: z.string().min(1).max(100).optional(),
    box: boxSchema.optional(),
    point: pointSchema.optional(),
    crop: z.enum(['auto', 'none']).default('auto'),
    many: z.enum(['best', 'ask']).default('best'),
    filter: searchFilterSchema.optional(),
    facets: z.array(fieldName).max(LIMITS.facetFieldsMax).optional(),
    limit: z.number().int().min(1).max(LIMITS.searchLimitMax).default(LIMITS.searchLimitDefault),
    offset: z.number().int().min(0).max(LIMITS.searchOffsetMax).default(0),
  })
  .refine(
    (body) => [body.image, body.image_id, body.product_id].filter((each) => each !== undefined).length === 1,
    { message: ONE_IMAGE },
  )
  .refine(({ box, point }) => box === undefined || point === undefined, {
    path: ['point'],
    message: 'a box or a point, not both',
  });

const box = z.array(z.number()).length(4);
const objectSchema = z
  .object({
    id: z.string(),
    box,
    label: z.string(),
    score: z.number(),
    selected: z.boolean(),
    reason: z.object({ centre: z.number(), score: z.number(), area: z.number(), total: z.number() }),
  })
  .meta({ id: 'DetectedObject' });

export const searchAnswerSchema = z
  .object({
    request_id: z.string(),
    outcome: z.enum(['found', 'no_object', 'choose']),
    image: z.object({
      id: z.string().nullable(),
      width: z.number(),
      height: z.number(),
      expires_at: z.string().nullable(),
    }),
    objects: z.array(objectSchema),
    results: z.array(
      z.object({
        rank: z.number(),
        product_id: z.string(),
        score: z.number(),
        title: z.string(),
        attributes: z.record(z.string(), z.unknown()),
        matched_image: z.object({ id: z.string(), url: z.string(), box: box.nullable() }),
      }),
    ),
    facets: z
      .record(
        z.string(),
        z.array(z.object({ value: z.union([z.string(), z.number(), z.boolean()]), count: z.number() })),
      )
      .nullable(),
    index_version: z.string(),
    model_version: z.string(),
    timings_ms: z.object({
      decode: z.number(),
      detect: z.number(),
      embed: z.number(),
      engine: z.number(),
      total: z.number(),
    }),
    usage: z.record(z.string(), z.number()),
  })
  .meta({ id: 'SearchAnswer' });
export type SearchAnswerBody = z.infer<typeof searchAnswerSchema>;

export const detectBodySchema = z.strictObject({
  image: imageSchema,
  catalog: z.string().min(1).max(100).optional(),
});
export const detectAnswerSchema = z
  .object({
    request_id: z.string(),
    image: z.object({ width: z.number(), height: z.number() }),
    objects: z.array(objectSchema),
    timings_ms: z.object({ decode: z.number(), detect: z.number() }),
    usage: z.record(z.string(), z.number()),
  })
  .meta({ id: 'DetectAnswer' });
