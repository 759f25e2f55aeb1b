import { z } from 'zod';

const name = z.string().min(1).max(100);
export const catalogParam = z.object({ catalog: name });

export const buildBodySchema = z.strictObject({
  embed: name.optional(),
  detect: name.optional(),
  engine: z.string().max(40).optional(),
  promote: z.boolean().optional(),
});
export const promoteBodySchema = z.strictObject({ index_version: z.string().min(1).max(64) });
export const liveAnswerSchema = z
  .object({ live: z.string().nullable(), previous: z.string().nullable() })
  .meta({ id: 'LiveVersions' });
export const evaluationBodySchema = z.strictObject({
  test_set_id: z.string().min(1).max(64),
  crop: z.enum(['auto', 'given', 'none']).default('auto'),
  index_version: z.string().max(64).optional(),
});
export const jobStartedSchema = z.object({ job_id: z.string() }).meta({ id: 'JobStarted' });
export const evaluationStartedSchema = z
  .object({ job_id: z.string(), evaluation_id: z.string() })
  .meta({ id: 'EvaluationStarted' });

export const catalogAnswerSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    live: z.string().nullable(),
    previous: z.string().nullable(),
    products: z.number(),
    images: z.number(),
  })
  .meta({ id: 'Catalog' });
export const catalogDeletedSchema = z
  .object({ deleted: z.string(), job_id: z.string() })
  .meta({ id: 'CatalogDeleted' });
export const catalogsAnswerSchema = z.object({ catalogs: z.array(catalogAnswerSchema) });
export const indexesAnswerSchema = z.object({
  indexes: z.array(
    z
      .object({
        id: z.string(),
        number: z.number(),
        state: z.string(),
        live: z.boolean(),
        products: z.number(),
        images: z.number(),
        created_at: z.string(),
      })
      .meta({ id: 'IndexVersion' }),
  ),
});
export const jobAnswerSchema = z
  .object({
    job_id: z.string(),
    kind: z.string(),
    state: z.enum(['queued', 'running', 'done', 'failed', 'canceled']),
    progress: z.object({
      phase: z.string(),
      done: z.number(),
      total: z.number(),
      eta_seconds: z.number().nullable(),
    }),
    result: z.unknown().optional(),
    error: z.object({ code: z.string(), message: z.string(), hint: z.string() }).optional(),
  })
  .meta({ id: 'Job' });
export const modelAnswerSchema = z
  .object({
    model_id: z.string(),
    task: z.enum(['embed', 'detect']),
    sha256: z.string(),
    builtin: z.boolean(),
    license: z.string(),
    source: z.string(),
  })
  .meta({ id: 'Model' });
export const modelsAnswerSchema = z.object({ models: z.array(modelAnswerSchema) });
