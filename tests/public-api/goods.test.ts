import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { zipFolder } from '@likeness/cli/zip-folder';
import { startEvaluation } from '@likeness/core/evaluation/start-evaluation';
import { getProduct } from '@likeness/core/product/get-product';
import { createFromHeldOut } from '@likeness/core/test-set/create-from-held-out';
import { listTestSets } from '@likeness/core/test-set/list-test-sets';
import type { Tx } from '@likeness/db/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLOURS, drawGood } from '../support/drawn-goods.ts';
import { errorCode, openRestTenant, type RestTenant } from '../support/rest-client.ts';
import { handlers, openSmallShop } from '../support/small-shop.ts';

let { stack, rest, ctx, key, call } = {} as RestTenant;
beforeAll(async () => {
  ({ stack, rest, ctx, key, call } = await openRestTenant('shopkeeper'));
}, 120_000);
afterAll(() => stack?.stop());

const inTenant = <T>(fn: (tx: Tx) => Promise<T>): Promise<T> => ctx.deps.db.tenant(ctx.tenantId, fn);

type Imported = { products: number; images: number; rejected: { line?: number; code: string }[] };
/** Uploads a table and works its job off; what the job throws is thrown. */
async function importTable(catalog: string, table: string): Promise<Imported> {
  const form = new FormData();
  form.set('table', new Blob([table]), 'goods.csv');
  expect((await rest.call('POST', `/v1/catalogs/${catalog}/imports`, { key, form })).status).toBe(202);
  return (await stack.work(ctx, handlers)) as Imported;
}

describe('a price that cannot be read', () => {
  it('is listed with its line and reason; the product comes in without it and keeps the price that it had', async () => {
    await importTable('priced', 'product_id,price\na,12.50\n');
    const result = await importTable('priced', 'product_id,price\na,abc\nb,1e400\nc,-3\nd,"12,50 €"\n');
    expect(result).toMatchObject({ products: 4 });
    expect(result.rejected.map(({ line, code }) => [line, code])).toEqual([
      [2, 'price_unreadable'],
      [3, 'price_unreadable'],
      [4, 'price_unreadable'],
    ]);
    const priceOf = async (productId: string) =>
      (await getProduct(ctx, { catalog: 'priced', productId })).price;
    expect(await Promise.all(['a', 'b', 'c', 'd'].map(priceOf))).toEqual([12.5, null, null, 12.5]);
  });

  it('is refused in a single product', async () => {
    for (const price of [-3, '12'])
      expect(errorCode(await call('PUT', '/v1/products/x?catalog=priced', { price }))).toBe(
        'invalid_request',
      );
  });
});

describe('an import that could read nothing', () => {
  const names = async (): Promise<string[]> =>
    ((await call('GET', '/v1/catalogs')).body as { catalogs: { name: string }[] }).catalogs.map(
      (each) => each.name,
    );

  it('leaves no catalog behind that it made itself, and none away that was there', async () => {
    await expect(importTable('typo', 'sku_of_ours,price\na,1\n')).rejects.toMatchObject({
      code: 'invalid_csv',
    });
    await ctx.deps.db.tenant(ctx.tenantId, (tx) => tx.job.updateMany({ data: { state: 'failed' } }));
    expect(await names()).not.toContain('typo');
    await call('POST', '/v1/catalogs', { name: 'empty' });
    await expect(importTable('empty', 'sku_of_ours,price\na,1\n')).rejects.toMatchObject({
      code: 'invalid_csv',
    });
    await ctx.deps.db.tenant(ctx.tenantId, (tx) => tx.job.updateMany({ data: { state: 'failed' } }));
    expect(await names()).toContain('empty');
  });
});

describe('DELETE /v1/catalogs/{c}', () => {
  it('takes a catalog away with everything that it held, and leaves ledger, audit and other catalogs', async () => {
    const { catalogId } = await openSmallShop(stack, ctx, 'doomed');
    await openSmallShop(stack, ctx, 'kept');
    await createFromHeldOut(ctx, { catalog: 'doomed', name: 'set', limit: 3 });
    const image = (await drawGood(COLOURS.red, 1)).toString('base64');
    expect((await call('POST', '/v1/search', { image, catalog: 'doomed' })).status).toBe(200);
    const [set] = await listTestSets(ctx, { catalogId });
    await startEvaluation(ctx, { catalog: 'doomed', testSetId: set?.id, crop: 'auto' });

    const busy = await call('DELETE', '/v1/catalogs/doomed');
    expect([busy.status, errorCode(busy)]).toEqual([409, 'conflict']);
    await stack.work(ctx, handlers);
    const before = await inTenant(async (tx) => ({
      ledger: await tx.usageEvent.count(),
      shown: await tx.impression.count(),
      images: await tx.image.findMany({ where: { catalogId } }),
      versions: await tx.indexVersion.findMany({ where: { catalogId } }),
    }));

    const deleted = await call('DELETE', '/v1/catalogs/doomed');
    expect([deleted.status, deleted.body]).toMatchObject([202, { deleted: 'doomed' }]);
    for (const [method, path, body] of [
      ['DELETE', '/v1/catalogs/doomed'],
      ['DELETE', `/v1/catalogs/${catalogId}`],
      ['POST', `/v1/catalogs/${catalogId}/builds`, {}],
      ['POST', '/v1/search', { image, catalog: catalogId }],
      ['GET', '/v1/products/red?catalog=doomed'],
    ] as const)
      expect([path, errorCode(await call(method, path, body))]).toEqual([path, 'not_found']);
    expect((await call('POST', '/v1/catalogs', { name: 'doomed' })).status).toBe(201);
    expect(await stack.work(ctx, handlers)).toEqual({ catalog: catalogId, products: 6, images: 12 });

    const left = await inTenant(async (tx) => ({
      catalog: await tx.catalog.count({ where: { id: catalogId } }),
      products: await tx.product.count({ where: { catalogId } }),
      images: await tx.image.count({ where: { catalogId } }),
      vectors: await tx.embedding.count({ where: { imageId: { in: before.images.map(({ id }) => id) } } }),
      versions: await tx.indexVersion.count({ where: { catalogId } }),
      sets: await tx.testSet.count({ where: { catalogId } }),
      evaluations: await tx.evaluation.count({ where: { catalogId } }),
    }));
    expect(left).toEqual({
      catalog: 0,
      products: 0,
      images: 0,
      vectors: 0,
      versions: 0,
      sets: 0,
      evaluations: 0,
    });
    const collections = await stack.deps.engine.list();
    for (const { collection } of before.versions) expect(collections).not.toContain(collection);
    for (const { originalKey } of before.images)
      expect(await stack.deps.objects.exists(originalKey)).toBe(false);
    expect(await inTenant(async (tx) => [await tx.usageEvent.count(), await tx.impression.count()])).toEqual([
      before.ledger,
      before.shown,
    ]);
    const audit = await inTenant((tx) => tx.auditEntry.findMany({ where: { subject: catalogId } }));
    expect(audit.map((entry) => entry.action)).toContain('catalog.delete');
    expect((await call('POST', '/v1/search', { image, catalog: 'kept' })).status).toBe(200);
  }, 60_000);
});

describe('the pictures of a product that is written again', () => {
  type Written = { images: { id: string }[] };
  const put = async (body: object): Promise<Written> => {
    const answer = await call('PUT', '/v1/products/dress?catalog=pictures', body);
    expect([answer.status, answer.body]).toMatchObject([200, {}]);
    return answer.body as Written;
  };
  const picture = async (name: string, fill: string) => ({
    name,
    data: (await drawGood(fill, name.length)).toString('base64'),
  });

  it('are exactly those that were sent, in their order; left out they stay, and search follows', async () => {
    const { catalogId } = await openSmallShop(stack, ctx, 'pictures');
    const [front, back, other] = await Promise.all([
      picture('front.jpg', '#123456'),
      picture('back.jpg', '#654321'),
      picture('other.jpg', '#22aa77'),
    ]);
    const first = await put({ title: 'Dress', images: [front, back] });
    const imageRows = () =>
      inTenant((tx) => tx.image.findMany({ where: { product: { externalId: 'dress' } } }));
    const before = await imageRows();
    expect((await put({ title: 'The dress' })).images.map(({ id }) => id)).toEqual(
      first.images.map(({ id }) => id),
    );
    expect((await put({ images: [back, front] })).images.map(({ id }) => id)).toEqual(
      first.images.map(({ id }) => id).toReversed(),
    );
    const replaced = await put({ images: [other] });
    expect(replaced.images).toHaveLength(1);
    for (const { originalKey } of before) expect(await stack.deps.objects.exists(originalKey)).toBe(false);
    expect(
      await inTenant((tx) => tx.embedding.count({ where: { imageId: { in: before.map(({ id }) => id) } } })),
    ).toBe(0);
    const found = async (): Promise<string[]> => {
      const answer = await call('POST', '/v1/search', { image: other.data, catalog: catalogId, limit: 100 });
      return (answer.body as { results: { product_id: string }[] }).results.map((hit) => hit.product_id);
    };
    expect((await found())[0]).toBe('dress');
    expect((await put({ images: [] })).images).toEqual([]);
    expect(await found()).not.toContain('dress');
    const batch = await call('POST', '/v1/products:batch?catalog=pictures', {
      products: [
        { product_id: 'dress', images: [front] },
        { product_id: 'red', images: [] },
        { product_id: 'blue' },
      ],
    });
    expect(batch.status).toBe(200);
    const after = await found();
    expect([after.includes('dress'), after.includes('red'), after.includes('blue')]).toEqual([
      true,
      false,
      true,
    ]);
  }, 60_000);
});

describe('GET /v1/usage', () => {
  const usage = (query: string) => call('GET', `/v1/usage?${query}`);

  it('takes a plain date as `to` for that whole day, so that one day can be asked for', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const all = await usage(`from=${today}&to=${today}`);
    expect(all.body).toMatchObject({
      from: `${today}T00:00:00.000Z`,
      meters: { search: expect.any(Number) },
    });
    const { from, to, meters } = all.body as { from: string; to: string; meters: { search: number } };
    expect([Date.parse(to) - Date.parse(from), meters.search > 0]).toEqual([24 * 3600 * 1000, true]);
    const none = await usage(`from=${today}T00:00:00Z&to=${today}T00:00:01Z`);
    expect(none.body).toMatchObject({ to: `${today}T00:00:01.000Z` });
  });

  it('refuses days that no calendar has', async () => {
    for (const day of ['2026-02-30', '2026-13-01', '2026-00-10', '2026-02-30T10:00:00Z', '26-1-1', 'x'])
      expect([day, errorCode(await usage(`from=${day}&to=2027-01-01`))]).toEqual([day, 'invalid_request']);
    expect((await usage('from=2024-02-29&to=2024-02-29')).status).toBe(200);
  });
});

describe('what a folder of pictures names', () => {
  it('has a file but no line in the list of what was skipped', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-folder-'));
    writeFileSync(path.join(folder, 'broken.jpg'), 'no picture');
    writeFileSync(path.join(folder, 'notes.txt'), 'no picture');
    const { file } = await zipFolder(folder);
    const form = new FormData();
    form.set('images', new Blob([readFileSync(file)]), 'images.zip');
    expect((await rest.call('POST', '/v1/catalogs/folder/imports', { key, form })).status).toBe(202);
    const done = (await stack.work(ctx, handlers)) as { products: number; rejected: object[] };
    expect(done.rejected).toHaveLength(2);
    for (const each of done.rejected)
      expect(Object.keys(each).toSorted()).toEqual(['code', 'file', 'message']);
    expect(done.products, 'a picture that was refused makes no product').toBe(0);
    const unmade = await rest.call('GET', '/v1/products/broken?catalog=folder', { key });
    expect(errorCode(unmade)).toBe('not_found');
    rmSync(folder, { recursive: true, force: true });
  });
});
