import type { Ctx } from '@likeness/core/context';
import { getProduct } from '@likeness/core/product/get-product';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createRestClient,
  errorCode,
  keyFor,
  type RestAnswer,
  type RestClient,
} from '../support/rest-client.ts';
import { handlers } from '../support/small-shop.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
let rest: RestClient;
let ctx: Ctx;
let key: string;

beforeAll(async () => {
  stack = await startStack();
  rest = await createRestClient(stack.deps);
  ctx = await stack.tenant('shopkeeper');
  key = await keyFor(ctx);
}, 120_000);
afterAll(() => stack?.stop());

const call = (method: string, path: string, body?: unknown): Promise<RestAnswer> =>
  rest.call(method, path, { key, ...(body === undefined ? {} : { body }) });

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
