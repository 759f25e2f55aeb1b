import { startEvaluation } from '@likeness/core/evaluation/start-evaluation';
import { upsertProducts } from '@likeness/core/product/upsert-products';
import { createFromHeldOut } from '@likeness/core/test-set/create-from-held-out';
import { getTestSet, listTestSets } from '@likeness/core/test-set/list-test-sets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLOURS, drawGood } from '../support/drawn-goods.ts';
import { openRestTenant, type RestAnswer, type RestTenant } from '../support/rest-client.ts';
import { handlers, openSmallShop, streamOf } from '../support/small-shop.ts';

let { stack, rest, ctx, key } = {} as RestTenant;

beforeAll(async () => {
  ({ stack, rest, ctx, key } = await openRestTenant('examiner'));
  await openSmallShop(stack, ctx);
}, 120_000);
afterAll(() => stack?.stop());

const evaluate = (table: string, name?: string): Promise<RestAnswer> => {
  const form = new FormData();
  form.set('queries', new Blob([table]), 'queries.csv');
  if (name) form.set('name', name);
  return rest.call('POST', '/v1/catalogs/shop/evaluations', { key, form });
};
const names = async (): Promise<string[]> =>
  (await listTestSets(ctx, {})).map((each) => each.name).toSorted();

describe('the name of a test set', () => {
  const table = 'image,product_id\na.jpg,red\n';

  it('that is taken is a conflict which names it, and what was sent is gone', async () => {
    expect((await evaluate(table, 'Street photos')).status).toBe(202);
    const again = await evaluate(table, 'Street photos');
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({
      error: { code: 'conflict', message: 'A test set named Street photos exists already.' },
    });
    await expect(
      createFromHeldOut(ctx, { catalog: 'shop', name: 'Street photos', limit: 3 }),
    ).rejects.toMatchObject({ code: 'conflict', message: 'A test set named Street photos exists already.' });
    await stack.work(ctx, handlers);
  });

  it('gets a number where a preset was left as it is', async () => {
    for (let i = 0; i < 2; i++) {
      const key = `t/${ctx.tenantId}/uploads/preset-${i}`;
      const { bytes } = await stack.deps.objects.put(key, streamOf(Buffer.from(table)));
      const upload = {
        table: { key, name: 'q.csv', bytes },
        archive: null,
        name: 'Street photos',
        mayNumber: true,
      };
      await startEvaluation(ctx, { catalog: 'shop', crop: 'auto', upload });
    }
    await createFromHeldOut(ctx, { catalog: 'shop', name: 'Street photos', limit: 3, mayNumber: true });
    expect(await names()).toEqual(['Street photos', 'Street photos 2', 'Street photos 3', 'Street photos 4']);
    await stack.work(ctx, handlers);
  });

  it('that two callers take at once is made once, and the other hears of a conflict', async () => {
    const statuses = (await Promise.all([evaluate(table, 'Twins'), evaluate(table, 'Twins')])).map(
      (answer) => answer.status,
    );
    expect(statuses.toSorted()).toEqual([202, 409]);
    await stack.work(ctx, handlers);
  });
});

describe('a query table', () => {
  it('with a NUL in a cell is refused with its line before anything is made', async () => {
    const answer = await evaluate('image,product_id\na.jpg,"r\0ed"\n', 'With NUL');
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      error: { code: 'invalid_csv', message: expect.stringContaining('Line 2') },
    });
    expect(await names()).not.toContain('With NUL');
  });
});

describe('an evaluation', () => {
  it('says how large the gallery is that was searched, with what was written since the build', async () => {
    const products = [
      { productId: 'late', images: [{ name: 'late.jpg', bytes: await drawGood(COLOURS.red, 7) }] },
    ];
    await upsertProducts(ctx, { catalog: 'shop', products });
    await evaluate('image,product_id\na.jpg,red\n', 'Of now');
    expect(await stack.work(ctx, handlers)).toMatchObject({ gallery: { products: 7, images: 13 } });
  });

  it('counts the queries that name a product which nobody knows, and so does their test set', async () => {
    await evaluate('image,product_id\na.jpg,UNKNOWN-9\nb.jpg,red|UNKNOWN-8\nc.jpg,red\nd.jpg,\n', 'Unknown');
    expect(await stack.work(ctx, handlers)).toMatchObject({ unknown_products: 2, all: { n: 3 } });
    const set = (await listTestSets(ctx, {})).find((each) => each.name === 'Unknown');
    expect(set?.unknownProducts).toBe(2);
    const { testSet } = await getTestSet(ctx, { testSetId: set?.id ?? '', take: 1 });
    expect(testSet.unknownProducts).toBe(2);
    expect((await listTestSets(ctx, {})).find((each) => each.name === 'Twins')?.unknownProducts).toBe(0);
  });
});
