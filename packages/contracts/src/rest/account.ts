import { z } from 'zod';
import { instantSchema } from '../instant.ts';
import { LIMITS } from '../limits.ts';
import { SCOPES, scopeSchema } from '../scopes.ts';

export const eventsBodySchema = z.strictObject({
  events: z
    .array(
      z.strictObject({
        type: z.enum(['view', 'click', 'cart', 'purchase', 'not_same']),
        request_id: z.string().min(1).max(64),
        product_id: z.string().min(1).max(LIMITS.productIdMax),
        position: z.number().int().min(1).max(10_000),
        time: instantSchema.optional(),
      }),
    )
    .min(1)
    .max(LIMITS.eventsBatchMax),
});
export const eventsAnswerSchema = z.object({ accepted: z.number() });

export const usageQuerySchema = z.strictObject({
  from: z
    .string()
    .max(40)
    .optional()
    .meta({ description: 'First day (2026-11-01, UTC) or instant; left out, the first of this month.' }),
  to: z.string().max(40).optional().meta({
    description:
      'Last day, counted in whole (from and to alike: one day), or an instant, exclusive; left out, the end of this month.',
  }),
});
export const usageAnswerSchema = z
  .object({ from: z.string(), to: z.string(), meters: z.object({ search: z.number(), detect: z.number() }) })
  .meta({ id: 'Usage' });

export const keyBodySchema = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  scopes: z.union([z.literal('all'), z.array(scopeSchema).min(1).max(SCOPES.length)]).optional(),
  rate_per_second: z.number().min(0.1).max(1000).optional(),
  burst: z.number().int().min(1).max(5000).optional(),
  expires_at: instantSchema.optional(),
});
export const rotateBodySchema = z.strictObject({
  grace_seconds: z
    .number()
    .int()
    .min(0)
    .max(7 * 24 * 3600)
    .default(3600),
});
export const keySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string(),
    last4: z.string(),
    scopes: z.array(z.string()),
    expires_at: z.string().nullable(),
    revoked_at: z.string().nullable(),
    created_at: z.string(),
    last_used_at: z.string().nullable(),
  })
  .meta({ id: 'Key' });
export const keyAnswerSchema = z.object({ api_key: z.string(), key: keySchema }).meta({ id: 'NewKey' });
export const keysAnswerSchema = z.object({ keys: z.array(keySchema) });
export const tenantBodySchema = z.strictObject({ name: z.string().trim().min(1).max(100) });
export const tenantAnswerSchema = z
  .object({ tenant_id: z.string(), name: z.string(), slug: z.string() })
  .meta({ id: 'Tenant' });
