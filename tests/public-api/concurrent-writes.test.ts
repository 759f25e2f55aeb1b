import type { Ctx } from '@likeness/core/context';
import { startBuild } from '@likeness/core/index-version/start-build';
import { deleteProduct } from '@likeness/core/product/delete-product';
import { upsertProducts } from '@likeness/core/product/upsert-products';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLOURS, drawGood } from '../support/drawn-goods.ts';
import { openRestTenant, type RestTenant } from '../support/rest-client.ts';
import { handlers, openSmallShop } from '../support/small-shop.ts';

let { stack, ctx, call } = {} as RestTenant;
beforeAll(async () => {
  ({ stack, ctx, call } = await openRestTenant('crowded'));
}, 120_000);
afterAll(() => stack?.stop());

type Hit = { product_id: string; matched_image: { id: string }; attributes: Record<string, unknown> };
async function found(catalog: string): Promise<Map<string, Hit>> {
  const image = (await drawGood('#777777')).toString('base64');
  const answer = await call('POST', '/v1/search', { image, catalog, crop: 'none', limit: 100 });
  expect(answer.status).toBe(200);
  return new Map((answer.body as { results: Hit[] }).results.map((hit) => [hit.product_id, hit]));
}

/** Lets something happen once, between what a job has read of Postgres and what it writes to the engine of it. */
function whileIndexing(happen: () => Promise<void>): Ctx {
  let waits = true;
  const { engine } = ctx.deps;
  const upsert: typeof engine.upsert = async (...points) => {
    if (waits) {
      waits = false;
      await happen();
    }
    return engine.upsert(...points);
  };
  return { ...ctx, deps: { ...ctx.deps, engine: { ...bound(engine), upsert } } };
}

/** The methods of a class as fields, so that one of them can be replaced. */
const bound = <T extends object>(of: T): T =>
  Object.fromEntries(
    [...Object.keys(of), ...Object.getOwnPropertyNames(Object.getPrototypeOf(of))].map((name) => {
      const value = of[name as keyof T];
      return [name, typeof value === 'function' ? value.bind(of) : value];
    }),
  ) as T;

describe('writers of one product at the same time', () => {
  it('leave it in the index, as it stands in the database, whoever comes last', async () => {
    await openSmallShop(stack, ctx, 'crowd');
    const data = async (seed: number): Promise<string> =>
      (await drawGood(COLOURS.red, seed)).toString('base64');
    for (const [round, productId] of ['new-1', 'red', 'new-2', 'blue', 'red'].entries()) {
      const writes = Array.from({ length: 6 }, async (_, i) =>
        call('PUT', `/v1/products/${productId}?catalog=crowd`, {
          attributes: { writer: i },
          images: [{ name: 'a.jpg', data: await data(i % 2 ? round : 100 + i) }],
        }),
      );
      expect((await Promise.all(writes)).map(({ status }) => status)).toEqual(writes.map(() => 200));
      const row = await stack.deps.db.tenant(ctx.tenantId, (tx) =>
        tx.product.findFirstOrThrow({
          where: { externalId: productId, catalog: { name: 'crowd' } },
          include: { images: true },
        }),
      );
      expect(row.images).toHaveLength(1);
      const hit = (await found('crowd')).get(productId);
      expect([productId, hit?.matched_image.id]).toEqual([productId, row.images[0]?.id]);
      const { writer } = row.attributes as { writer: number };
      const filter = { writer };
      const image = await data(1);
      const kept = await call('POST', '/v1/search', { image, catalog: 'crowd', crop: 'none', filter });
      expect((kept.body as { results: Hit[] }).results.map((each) => each.product_id)).toContain(productId);
    }
    expect((await found('crowd')).size).toBe(Object.keys(COLOURS).length + 2);
  }, 90_000);

  it('delete it once, and the others hear that it is gone', async () => {
    await openSmallShop(stack, ctx, 'leaving');
    for (const productId of Object.keys(COLOURS)) {
      const deletes = Array.from({ length: 4 }, () =>
        call('DELETE', `/v1/products/${productId}?catalog=leaving`),
      );
      const answers = (await Promise.all(deletes)).map(({ status }) => status);
      expect(answers.toSorted()).toEqual([200, 404, 404, 404]);
    }
    expect((await found('leaving')).size).toBe(0);
  }, 60_000);

  it('are not undone by a build that has read what they replaced', async () => {
    await openSmallShop(stack, ctx, 'building');
    await startBuild(ctx, { catalog: 'building', promote: true });
    const images = [{ name: 'red.jpg', bytes: await drawGood(COLOURS.red, 9) }];
    const late = whileIndexing(async () => {
      await deleteProduct(ctx, { catalog: 'building', productId: 'blue' });
      await upsertProducts(ctx, {
        catalog: 'building',
        products: [{ productId: 'red', attributes: { colour: 'crimson' }, images }],
      });
    });
    await stack.work(late, handlers);
    const { liveIndexVersionId } = await stack.deps.db.tenant(ctx.tenantId, (tx) =>
      tx.catalog.findFirstOrThrow({ where: { name: 'building' } }),
    );
    const live = await stack.deps.db.tenant(ctx.tenantId, (tx) =>
      tx.indexVersion.findFirstOrThrow({ where: { id: liveIndexVersionId ?? '' } }),
    );
    expect(live.number).toBe(2);
    const goods = Object.keys(COLOURS).length - 1;
    expect(await stack.deps.engine.stats(live.collection)).toMatchObject({
      products: goods,
      points: 2 * goods - 1,
    });
    expect((await found('building')).get('red')?.attributes).toMatchObject({ colour: 'crimson' });
    expect([...(await found('building')).keys()]).not.toContain('blue');
  }, 90_000);
});
