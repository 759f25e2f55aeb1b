import { z } from 'zod';

/**
 * Job definitions: name → payload (ids and small settings only), retries and timeout.
 * Handlers live in apps/worker, each calling one core verb. The `job` table is the truth.
 */
export const JOB_DEFINITIONS = {
  'import-catalog': {
    payload: z.object({
      catalogId: z.string(),
      /** Object-store keys of the uploaded parts. */
      tableKey: z.string().nullable(),
      archiveKey: z.string().nullable(),
      /** File name of the table, which tells CSV from JSON lines. */
      tableName: z.string().nullable(),
      mapping: z.record(z.string(), z.string()),
      /** The import made the catalog: when nothing can be read, it takes it away again. */
      madeCatalog: z.boolean().default(false),
      /** For lists, when the catalog is gone. */
      catalogName: z.string().nullish(),
      /** Without a table: whether a single folder around everything is a wrapper, or a product like any other. */
      folders: z.enum(['auto', 'exact']).default('auto'),
    }),
    maxAttempts: 5,
    timeoutSeconds: 6 * 3600,
  },
  'build-index': {
    payload: z.object({ catalogId: z.string(), indexVersionId: z.string(), promote: z.boolean() }),
    maxAttempts: 5,
    timeoutSeconds: 24 * 3600,
  },
  /** Brings written or deleted products into the live index when the writer itself could not. */
  'sync-products': {
    payload: z.object({ catalogId: z.string(), productIds: z.array(z.string()).max(1000) }),
    maxAttempts: 20,
    timeoutSeconds: 3600,
  },
  'evaluate-index': {
    payload: z.object({
      catalogId: z.string(),
      evaluationId: z.string(),
      /** Uploaded photos that must become the test set first. */
      upload: z.object({ tableKey: z.string(), archiveKey: z.string().nullable() }).nullable(),
    }),
    maxAttempts: 3,
    timeoutSeconds: 6 * 3600,
  },
  'seed-sample': {
    payload: z.object({ catalogId: z.string(), products: z.number().int(), seed: z.number().int() }),
    maxAttempts: 3,
    timeoutSeconds: 3600,
  },
  /** Takes away what a deleted catalog held: pictures, vectors, versions, test sets, evaluations, rejects. */
  'delete-catalog': {
    payload: z.object({ catalogId: z.string() }),
    maxAttempts: 20,
    timeoutSeconds: 6 * 3600,
  },
  'purge-query-images': { payload: z.object({}), maxAttempts: 3, timeoutSeconds: 600 },
} as const;

export type JobKind = keyof typeof JOB_DEFINITIONS;
export type JobPayload<K extends JobKind> = z.infer<(typeof JOB_DEFINITIONS)[K]['payload']>;

export const JOB_STATES = ['queued', 'running', 'done', 'failed', 'canceled'] as const;
export type JobState = (typeof JOB_STATES)[number];

export const jobProgressSchema = z.object({
  phase: z.string(),
  done: z.number(),
  total: z.number(),
  eta_seconds: z.number().nullable(),
});
export type JobProgress = z.infer<typeof jobProgressSchema>;
