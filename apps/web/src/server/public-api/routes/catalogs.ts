import { AppError } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';
import {
  buildBodySchema,
  catalogAnswerSchema,
  catalogDeletedSchema,
  catalogParam,
  catalogsAnswerSchema,
  evaluationBodySchema,
  evaluationStartedSchema,
  indexesAnswerSchema,
  jobStartedSchema,
  liveAnswerSchema,
  promoteBodySchema,
} from '@likeness/contracts/rest/catalogs';
import { createCatalog } from '@likeness/core/catalog/create-catalog';
import { deleteCatalog } from '@likeness/core/catalog/delete-catalog';
import { type CatalogSummary, listCatalogs } from '@likeness/core/catalog/list-catalogs';
import { resolveCatalog } from '@likeness/core/catalog/resolve-catalog';
import { startEvaluation } from '@likeness/core/evaluation/start-evaluation';
import { startImport } from '@likeness/core/import/start-import';
import { listIndexVersions } from '@likeness/core/index-version/list-index-versions';
import { promoteIndex, rollbackIndex } from '@likeness/core/index-version/promote-index';
import { startBuild } from '@likeness/core/index-version/start-build';
import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { evaluationUpload } from './evaluation-upload.ts';

const base = { meter: null, tenancy: 'tenant', params: catalogParam } as const;
const write = { ...base, scope: 'catalogs:write', rate: 'write' } as const;
const read = { ...base, scope: 'catalogs:read', rate: 'read' } as const;
const UPLOAD_BYTES_MAX = LIMITS.importFileBytesMax;

export const listCatalogsRoute = defineRoute({
  ...read,
  params: undefined,
  method: 'GET',
  path: '/v1/catalogs',
  summary: 'Catalogs of the tenant',
  answer: { status: 200, schema: catalogsAnswerSchema },
  errors: [],
  handle: async ({ ctx }) => ({ catalogs: (await listCatalogs(ctx)).map(toCatalog) }),
});

export const createCatalogRoute = defineRoute({
  ...write,
  params: undefined,
  method: 'POST',
  path: '/v1/catalogs',
  summary: 'Make an empty catalog',
  body: z.strictObject({ name: z.string().trim().min(1).max(100) }),
  answer: { status: 201, schema: catalogAnswerSchema },
  errors: ['conflict'],
  handle: async ({ ctx, body }) => toCatalog({ ...(await createCatalog(ctx, body)), products: 0, images: 0 }),
});

export const deleteCatalogRoute = defineRoute({
  ...write,
  method: 'DELETE',
  path: '/v1/catalogs/{catalog}',
  summary: 'Delete a catalog: gone at once, a job takes away what it held; ledger and audit stay',
  answer: { status: 202, schema: catalogDeletedSchema },
  errors: ['not_found', 'conflict'],
  handle: async ({ ctx, params }) => {
    const { name, jobId } = await deleteCatalog(ctx, { catalog: params.catalog });
    return { deleted: name, job_id: jobId };
  },
});

export const importRoute = defineRoute({
  ...write,
  method: 'POST',
  path: '/v1/catalogs/{catalog}/imports',
  summary: 'Import a table and a ZIP of pictures; the catalog is made when it is missing',
  body: z.strictObject({
    mapping: z.record(z.string().max(100), z.string().max(1000)).default({}),
    folders: z
      .enum(['auto', 'exact'])
      .default('auto')
      .meta({ description: 'Without a table: exact = a single folder in the ZIP is a product, no wrapper.' }),
  }),
  accepts: { multipart: true, files: ['table', 'images'], bytesMax: UPLOAD_BYTES_MAX },
  answer: { status: 202, schema: jobStartedSchema },
  errors: ['payload_too_large', 'storage_full', 'not_found'],
  handle: async ({ ctx, params, body, uploads }) => {
    const { jobId } = await startImport(ctx, {
      catalog: params.catalog,
      table: uploads.get('table') ?? null,
      archive: uploads.get('images') ?? null,
      mapping: body.mapping,
      folders: body.folders,
    });
    return { job_id: jobId };
  },
});

export const buildRoute = defineRoute({
  ...write,
  method: 'POST',
  path: '/v1/catalogs/{catalog}/builds',
  summary: 'Build a new index version',
  body: buildBodySchema,
  answer: { status: 202, schema: jobStartedSchema },
  errors: ['not_found', 'engine_not_configured', 'inference_unavailable'],
  handle: async ({ ctx, params, body }) => ({
    job_id: (await startBuild(ctx, { catalog: params.catalog, ...body })).jobId,
  }),
});

export const evaluationRoute = defineRoute({
  ...write,
  method: 'POST',
  path: '/v1/catalogs/{catalog}/evaluations',
  summary: 'Measure an index version with photos whose right products are known',
  body: z.union([evaluationBodySchema, evaluationUpload]),
  accepts: { multipart: true, files: ['queries', 'images'], bytesMax: UPLOAD_BYTES_MAX },
  answer: { status: 202, schema: evaluationStartedSchema },
  errors: [
    'not_found',
    'no_live_index',
    'index_not_ready',
    'conflict',
    'invalid_csv',
    'payload_too_large',
    'storage_full',
  ],
  handle: async ({ ctx, params, body, uploads }) => {
    const table = uploads.get('queries');
    const testSetId = 'test_set_id' in body ? body.test_set_id : undefined;
    if (!table && !testSetId)
      throw new AppError('invalid_request', { message: 'Send the part "queries" or a test_set_id.' });
    const upload = table
      ? { table, archive: uploads.get('images') ?? null, name: 'name' in body ? body.name : undefined }
      : undefined;
    const started = await startEvaluation(ctx, {
      catalog: params.catalog,
      testSetId,
      upload,
      crop: body.crop,
      indexVersion: body.index_version,
    });
    return { job_id: started.jobId, evaluation_id: started.evaluationId };
  },
});

export const promoteRoute = defineRoute({
  ...write,
  method: 'POST',
  path: '/v1/catalogs/{catalog}/promote',
  summary: 'Make an index version live',
  body: promoteBodySchema,
  answer: { status: 200, schema: liveAnswerSchema },
  errors: ['not_found', 'index_not_ready'],
  handle: ({ ctx, params, body }) =>
    promoteIndex(ctx, { catalog: params.catalog, indexVersionId: body.index_version }),
});

export const rollbackRoute = defineRoute({
  ...write,
  method: 'POST',
  path: '/v1/catalogs/{catalog}/rollback',
  summary: 'Make the version before live again',
  answer: { status: 200, schema: liveAnswerSchema },
  errors: ['not_found', 'nothing_to_roll_back'],
  handle: ({ ctx, params }) => rollbackIndex(ctx, { catalog: params.catalog }),
});

export const indexesRoute = defineRoute({
  ...read,
  method: 'GET',
  path: '/v1/catalogs/{catalog}/indexes',
  summary: 'Index versions of a catalog, newest first',
  answer: { status: 200, schema: indexesAnswerSchema },
  errors: ['not_found'],
  handle: async ({ ctx, params }) => {
    const catalog = await resolveCatalog(ctx, params.catalog);
    const versions = await listIndexVersions(ctx, { catalogId: catalog.id });
    const indexes = versions.map(({ id, number, state, products, images, createdAt }) => ({
      id,
      number,
      state,
      live: id === catalog.liveIndexVersionId,
      products,
      images,
      created_at: createdAt.toISOString(),
    }));
    return { indexes };
  },
});

function toCatalog(
  row: Pick<
    CatalogSummary,
    'id' | 'name' | 'liveIndexVersionId' | 'previousIndexVersionId' | 'products' | 'images'
  >,
): z.output<typeof catalogAnswerSchema> {
  const { id, name, liveIndexVersionId: live, previousIndexVersionId: previous, products, images } = row;
  return { id, name, live, previous, products, images };
}
