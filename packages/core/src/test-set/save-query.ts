import type { Box } from '@likeness/contracts/box';
import { AppError } from '@likeness/contracts/errors';
import { newId } from '@likeness/contracts/ids';
import type { Tx } from '@likeness/db/database';
import type { TestSetModel } from '@likeness/db/generated/models/TestSet';
import { resolveCatalog } from '../catalog/resolve-catalog.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../guards/require-permission.ts';
import { storeImage } from '../image/store-image.ts';
import { areSame } from './same-products.ts';
import { type TestQueryView, toTestQueryView } from './test-set-view.ts';

type Saved = { sha256: string; box: Box | null; productIds: readonly string[] };

/**
 * "Save this query": the photo of a search, its box and the right products go into the test set of that id, else into
 * the catalog's saved searches, whatever their name; they are made under the name given when they are missing.
 * Errors: `not_found`; `saved_already`: a query that counts twice would weigh twice.
 */
export async function saveQuery(
  ctx: Ctx,
  input: {
    catalog: string;
    testSet: string;
    imageId: string;
    box: Box | null;
    productIds: string[];
    groups: string[];
  },
): Promise<TestQueryView> {
  requirePermission(ctx, 'testsets:write');
  const catalog = await resolveCatalog(ctx, input.catalog);
  const where = { catalogId: catalog.id, testSet: input.testSet };
  const photo = await ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    const row = await tx.queryImage.findFirst({ where: { id: input.imageId } });
    if (!row) throw new AppError('not_found');
    const set = await findSet(tx, where);
    if (set) await refuseTwice(tx, set, { ...input, sha256: row.sha256 });
    return row;
  });
  const id = newId('testQuery', ctx.deps.clock.now());
  const prefix = `t/${ctx.tenantId}/test-queries/${id}`;
  const bytes = await ctx.deps.objects.get(photo.originalKey);
  const stored = await storeImage(ctx, {
    prefix,
    bytes,
    options: { lane: 'interactive', signal: ctx.signal },
  });
  const add = ctx.deps.db.tenant(ctx.tenantId, async (tx) => {
    // Savers of one catalog take turns: one set, one place in it each, nothing twice.
    await tx.$queryRaw`SELECT 1 FROM catalogs WHERE id = ${catalog.id} FOR NO KEY UPDATE`;
    const set = (await findSet(tx, where)) ?? (await makeSet(tx, ctx, where));
    await refuseTwice(tx, set, { ...input, sha256: stored.sha256 });
    const last = await tx.testQuery.aggregate({ where: { testSetId: set.id }, _max: { ordinal: true } });
    return tx.testQuery.create({
      data: {
        tenantId: ctx.tenantId,
        id,
        testSetId: set.id,
        ordinal: (last._max.ordinal ?? -1) + 1,
        image: `${photo.id}.jpg`,
        sha256: stored.sha256,
        originalKey: stored.originalKey,
        displayKey: stored.displayKey,
        productIds: input.productIds,
        groups: input.groups,
        box: input.box ?? [],
      },
    });
  });
  const row = await add.catch(async (error) => {
    await ctx.deps.objects.deletePrefix(prefix);
    throw error;
  });
  return toTestQueryView(row);
}

type Where = { catalogId: string; testSet: string };

/** The name is in the language of whoever saved first: one exam, not one a language. */
async function findSet(tx: Tx, { catalogId, testSet }: Where): Promise<TestSetModel | null> {
  return (
    (await tx.testSet.findFirst({ where: { catalogId, id: testSet } })) ??
    (await tx.testSet.findFirst({ where: { catalogId, origin: 'saved' }, orderBy: { createdAt: 'asc' } })) ??
    (await tx.testSet.findFirst({ where: { catalogId, name: testSet } }))
  );
}

function makeSet(tx: Tx, ctx: Ctx, { catalogId, testSet: name }: Where): Promise<TestSetModel> {
  return tx.testSet.create({
    data: { tenantId: ctx.tenantId, id: newId('testSet'), catalogId, name, origin: 'saved' },
  });
}

async function refuseTwice(tx: Tx, set: TestSetModel, { sha256, box, productIds }: Saved): Promise<void> {
  const known = await tx.testQuery.findMany({ where: { testSetId: set.id, sha256 } });
  const same = known.some((each) => isSameBox(each.box, box ?? []) && areSame(each.productIds, productIds));
  if (same)
    throw new AppError('saved_already', {
      message: `This photo is in ${set.name} already, with the same box and right product.`,
    });
}

/** A stored box has lost its last digit; far less than a pixel is no other box. */
function isSameBox(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((edge, i) => Math.abs(edge - (other[i] ?? 0)) < 1e-6);
}
