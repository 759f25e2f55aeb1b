import { newId } from '@likeness/contracts/ids';
import type { Database, Tx } from '../database.ts';

/** One of every object of a tenant, by id; each row points at the others. */
export type TenantSample = Awaited<ReturnType<typeof createTenantSample>>;

const SHA = 'a'.repeat(64);

/** A tenant and nothing else. Returns its id. */
export async function createTenantRow(db: Database, name = 'Tenant'): Promise<string> {
  const id = newId('tenant');
  await db.tenant(id, (tx) => tx.tenant.create({ data: { id, name, slug: id } }));
  return id;
}

/** A tenant with one row in every tenant table, an owner who may sign in, and an embedding of the catalogue image. */
export async function createTenantSample(db: Database, name = 'Sample') {
  const tenantId = await createTenantRow(db, name);
  const userId = newId('user');
  const sessionId = newId('session');
  await db.system(async (tx) => {
    await tx.user.create({ data: { id: userId, email: `${userId}@example.com`, name } });
    await tx.session.create({ data: { id: sessionId, userId, expiresAt: new Date(Date.now() + 3_600_000) } });
    await tx.userAccount.create({ data: { provider: 'test', providerAccountId: userId, userId } });
  });
  return db.tenant(tenantId, async (tx) => {
    await tx.membership.create({ data: { tenantId, userId, role: 'owner' } });
    const catalog = await createCatalogRows(tx, tenantId);
    const index = await createIndexRows(tx, { tenantId, ...catalog });
    const evaluation = await createEvaluationRows(tx, { tenantId, ...catalog, ...index });
    const usage = await createUsageRows(tx, { tenantId, ...catalog, ...index });
    return { tenantId, userId, sessionId, ...catalog, ...index, ...evaluation, ...usage };
  });
}

async function createCatalogRows(tx: Tx, tenantId: string) {
  const catalogId = newId('catalog');
  const productId = newId('product');
  const imageId = newId('image');
  await tx.catalog.create({ data: { tenantId, id: catalogId, name: 'main' } });
  await tx.product.create({
    data: { tenantId, id: productId, catalogId, externalId: 'P-1', title: 'A shoe', category: 'shoes' },
  });
  await tx.image.create({
    data: {
      ...{
        tenantId,
        id: imageId,
        catalogId,
        productId,
        sourceName: 'shoe.jpg',
        sha256: SHA,
        width: 800,
        height: 600,
      },
      ...{
        bytes: 1000,
        originalKey: `t/${tenantId}/images/${imageId}/original`,
        displayKey: `t/${tenantId}/images/${imageId}/display`,
      },
    },
  });
  return { catalogId, productId, externalProductId: 'P-1', imageId };
}

async function createIndexRows(tx: Tx, at: { tenantId: string; catalogId: string; imageId: string }) {
  const { tenantId, catalogId, imageId } = at;
  const modelVersionId = newId('model');
  const indexVersionId = newId('indexVersion');
  const jobId = newId('job');
  await tx.modelVersion.create({
    data: {
      tenantId,
      id: modelVersionId,
      modelId: 'test-encoder',
      task: 'embed',
      manifest: { id: 'test-encoder' },
      sha256: SHA,
    },
  });
  await tx.$executeRaw`SELECT create_embedding_partition(${modelVersionId})`;
  await tx.embedding.create({
    data: {
      tenantId,
      modelVersionId,
      imageId,
      recipe: 'none',
      box: [0, 0, 1, 1],
      dims: 2,
      vector: new Uint8Array(4),
    },
  });
  await tx.job.create({
    data: { tenantId, id: jobId, kind: 'build-index', state: 'done', payload: {}, catalogId },
  });
  await tx.importReject.create({
    data: {
      tenantId,
      id: newId('reject'),
      jobId,
      catalogId,
      line: 2,
      code: 'image_corrupt',
      message: 'The picture is damaged.',
    },
  });
  await tx.indexVersion.create({
    data: {
      ...{
        tenantId,
        id: indexVersionId,
        catalogId,
        number: 1,
        state: 'ready',
        collection: indexVersionId,
        jobId,
      },
      ...{ embedModelId: modelVersionId, recipe: 'none', cropSettings: {}, products: 1, images: 1 },
    },
  });
  await tx.catalog.update({
    where: { tenantId_id: { tenantId, id: catalogId } },
    data: { liveIndexVersionId: indexVersionId, nextIndexNumber: 2 },
  });
  return { modelVersionId, indexVersionId, jobId };
}

async function createEvaluationRows(
  tx: Tx,
  at: {
    tenantId: string;
    catalogId: string;
    imageId: string;
    indexVersionId: string;
    externalProductId: string;
  },
) {
  const { tenantId, catalogId, imageId, indexVersionId, externalProductId } = at;
  const testSetId = newId('testSet');
  const testQueryId = newId('testQuery');
  const evaluationId = newId('evaluation');
  const query = { image: 'street.jpg', productIds: [externalProductId], groups: ['all'], box: [0, 0, 1, 1] };
  await tx.testSet.create({
    data: { tenantId, id: testSetId, catalogId, name: 'street', origin: 'uploaded' },
  });
  await tx.testQuery.create({
    data: {
      tenantId,
      id: testQueryId,
      testSetId,
      ordinal: 0,
      imageId,
      sha256: SHA,
      originalKey: `t/${tenantId}/q/1`,
      ...query,
    },
  });
  await tx.evaluation.create({
    data: { tenantId, id: evaluationId, catalogId, testSetId, indexVersionId, state: 'done' },
  });
  await tx.evaluationAnswer.create({
    data: { tenantId, evaluationId, ordinal: 0, testQueryId, rank: 1, outcome: 'ok', top: [], ...query },
  });
  return { testSetId, testQueryId, evaluationId };
}

async function createUsageRows(
  tx: Tx,
  at: { tenantId: string; catalogId: string; indexVersionId: string; modelVersionId: string },
) {
  const { tenantId, catalogId, indexVersionId, modelVersionId } = at;
  const keyId = newId('key');
  const requestId = newId('request');
  const queryImageId = newId('image');
  const searchEventId = newId('searchEvent');
  const inAnHour = new Date(Date.now() + 3_600_000);
  await tx.apiKey.create({
    data: {
      tenantId,
      id: keyId,
      name: 'test',
      prefix: 'lk_test',
      last4: 'abcd',
      hmac: keyId,
      scopes: ['search:run'],
      createdBy: 'test',
    },
  });
  await tx.usageEvent.create({
    data: {
      tenantId,
      requestId,
      meter: 'search',
      billable: true,
      source: 'api',
      outcome: 'ok',
      keyId,
      catalogId,
    },
  });
  await tx.queryImage.create({
    data: {
      tenantId,
      id: queryImageId,
      sha256: SHA,
      width: 800,
      height: 600,
      originalKey: `t/${tenantId}/query/1`,
      expiresAt: inAnHour,
    },
  });
  await tx.impression.create({
    data: {
      ...{ tenantId, requestId, catalogId, source: 'api', outcome: 'ok', queryImageId, box: [0, 0, 1, 1] },
      ...{ indexVersionId, modelVersionId, products: [], timings: {} },
    },
  });
  await tx.searchEvent.create({
    data: {
      tenantId,
      id: searchEventId,
      type: 'click',
      requestId,
      productId: 'P-1',
      position: 1,
      at: new Date(),
    },
  });
  const auditId = newId('audit');
  await tx.auditEntry.create({
    data: {
      tenantId,
      id: auditId,
      seq: 1,
      actorType: 'user',
      actorId: 'test',
      action: 'key.create',
      subject: keyId,
      hash: SHA,
    },
  });
  return { keyId, requestId, queryImageId, searchEventId, auditId };
}
