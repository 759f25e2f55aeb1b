import { buffer as bytesOf } from 'node:stream/consumers';
import type { Ctx } from '@likeness/core/context';
import { mediaPath } from '@likeness/core/image/media-token';
import { openMedia } from '@likeness/core/image/open-media';
import { upsertProducts } from '@likeness/core/product/upsert-products';
import { showQueryImage } from '@likeness/core/query-image/show-query-image';
import { searchByImage } from '@likeness/core/search/search-by-image';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLOURS, drawGood } from '../support/drawn-goods.ts';
import { figure } from '../support/figure.ts';
import { createRestClient, errorCode, keyFor, type RestClient } from '../support/rest-client.ts';
import { handlers, openSmallShop } from '../support/small-shop.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
let rest: RestClient;
let [mine, theirs]: [Ctx, Ctx] = [null as never, null as never];
let [myKey, theirKey] = ['', ''];
let canary: Buffer;

beforeAll(async () => {
  stack = await startStack();
  rest = await createRestClient(stack.deps);
  canary = await drawGood('#7722cc', 7);
  [mine, theirs] = [await stack.tenant('mine'), await stack.tenant('theirs')];
  for (const ctx of [mine, theirs]) {
    await openSmallShop(stack, ctx);
    const own = ctx === mine ? 'my-canary' : 'their-canary';
    const images = [{ name: 'canary.jpg', bytes: canary }];
    await upsertProducts(ctx, { catalog: 'shop', products: [{ productId: own, title: own, images }] });
    await stack.work(ctx, handlers);
  }
  [myKey, theirKey] = [await keyFor(mine), await keyFor(theirs)];
}, 120_000);
afterAll(() => stack?.stop());

const ask = (key: string, body: object) => rest.call('POST', '/v1/search', { key, body });
type Found = { image: { id: string }; results: { product_id: string; matched_image: { url: string } }[] };

describe('no side door leads to another tenant (property 5)', () => {
  it('the same picture in two catalogues is found by each in its own alone', async () => {
    let foreign = 0;
    for (const [key, own, other] of [
      [myKey, 'my-canary', 'their-canary'],
      [theirKey, 'their-canary', 'my-canary'],
    ] as const) {
      const { body } = await ask(key, { image: canary.toString('base64'), limit: 100 });
      const ids = (body as Found).results.map((hit) => hit.product_id);
      expect(ids[0]).toBe(own);
      if (ids.includes(other)) foreign += 1;
      expect(ids).toHaveLength(Object.keys(COLOURS).length + 1);
    }
    figure(5, { figure: `canary in two tenants: ${foreign} foreign hits`, limit: '0 foreign hits' });
    expect(foreign).toBe(0);
  });

  it('a photo’s id, a product’s id and a request’s id of another tenant are unknown', async () => {
    const { body } = await ask(theirKey, { image: canary.toString('base64') });
    const id = (body as Found).image.id;
    expect((await ask(theirKey, { image_id: id })).status).toBe(200);
    const foreign = await ask(myKey, { image_id: id });
    const unknown = await ask(myKey, { image_id: 'img_00000000000000000000000000' });
    expect([foreign.status, errorCode(foreign)]).toEqual([unknown.status, errorCode(unknown)]);
    expect(errorCode(await ask(myKey, { product_id: 'their-canary' }))).toBe('not_found');
    await expect(
      searchByImage(mine, { imageId: id, crop: 'none', many: 'best', limit: 5, offset: 0 }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('equal bytes give no hint that another tenant has them', async () => {
    const shape = async (key: string, image: Buffer): Promise<string[]> => {
      const answer = await rest.call('PUT', '/v1/products/new', {
        key,
        body: { title: 'new', images: [{ name: 'a.jpg', data: image.toString('base64') }] },
      });
      await rest.call('DELETE', '/v1/products/new', { key });
      return [String(answer.status), ...Object.keys(answer.body as object).sort()];
    };
    const fresh = await drawGood('#123456', 9);
    const known = await drawGood('#654321', 9);
    await shape(theirKey, known);
    expect(await shape(myKey, known)).toEqual(await shape(myKey, fresh));
    const [a, b] = await Promise.all(
      [mine, theirs].map((ctx) =>
        stack.deps.db.tenant(ctx.tenantId, (tx) =>
          tx.image.findFirstOrThrow({ where: { sourceName: 'canary.jpg' } }),
        ),
      ),
    );
    expect(a?.sha256).toBe(b?.sha256);
    expect([
      a?.originalKey.startsWith(`t/${mine.tenantId}/`),
      b?.originalKey.startsWith(`t/${theirs.tenantId}/`),
    ]).toEqual([true, true]);
    expect(a?.originalKey).not.toBe(b?.originalKey);
  });

  it('a signed link opens its own picture alone, and no original', async () => {
    const image = await stack.deps.db.tenant(theirs.tenantId, (tx) =>
      tx.image.findFirstOrThrow({ where: { sourceName: 'canary.jpg' } }),
    );
    const link = mediaPath(stack.deps, { tenantId: theirs.tenantId, key: image.displayKey });
    const token = link.slice(link.lastIndexOf('/') + 1);
    await expect(openMedia(stack.deps, token)).resolves.toMatchObject({ mayOutlive: true });
    for (const key of [
      image.originalKey,
      `t/${mine.tenantId}/../${theirs.tenantId}/display.jpg`,
      '/etc/display.jpg',
    ]) {
      const signed = mediaPath(stack.deps, { tenantId: theirs.tenantId, key });
      const other = signed.slice(signed.lastIndexOf('/') + 1);
      await expect(openMedia(stack.deps, other)).rejects.toMatchObject({ code: 'not_found' });
    }
    const foreign = mediaPath(stack.deps, { tenantId: mine.tenantId, key: image.displayKey });
    await expect(openMedia(stack.deps, foreign.slice(foreign.lastIndexOf('/') + 1))).rejects.toMatchObject({
      code: 'not_found',
    });
    for (let i = 0; i < token.length; i += 3) {
      const bent = token.slice(0, i) + (token[i] === 'A' ? 'B' : 'A') + token.slice(i + 1);
      await expect(openMedia(stack.deps, bent)).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('a photo that was searched is shown as we encoded it, and its original is not', async () => {
    const { body } = await ask(theirKey, { image: canary.toString('base64') });
    const imageId = (body as Found).image.id;
    const { displayKey } = await showQueryImage(theirs, { imageId });
    const tokenOf = (key: string): string =>
      mediaPath(stack.deps, { tenantId: theirs.tenantId, key }).split('/').at(-1) ?? '';
    const opened = await openMedia(stack.deps, tokenOf(displayKey));
    expect(opened.mayOutlive, 'its time may be over in an hour').toBe(false);
    const shown = await bytesOf(opened.stream);
    expect([...shown.subarray(0, 3)], 'a JPEG').toEqual([0xff, 0xd8, 0xff]);
    const original = `t/${theirs.tenantId}/queries/${imageId}`;
    expect(await stack.deps.objects.exists(original)).toBe(true);
    await expect(openMedia(stack.deps, tokenOf(original))).rejects.toMatchObject({ code: 'not_found' });
    await expect(showQueryImage(mine, { imageId })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('what a caller writes into a filter is a value, never a query', async () => {
    const hostile = ['*', '_all', "' OR 1=1 --", '{"match_all":{}}', '../theirs', '<x-{now/d}>', '\u0000'];
    for (const value of hostile) {
      const answer = await ask(myKey, { image: canary.toString('base64'), filter: { colour: value } });
      expect([value, answer.status < 500, JSON.stringify(answer.body).includes('their-canary')]).toEqual([
        value,
        true,
        false,
      ]);
      if (answer.status === 200) expect((answer.body as Found).results).toEqual([]);
      const field = await ask(myKey, { image: canary.toString('base64'), filter: { [value]: 'x' } });
      expect([value, field.status < 500]).toEqual([value, true]);
      const named = await ask(myKey, { image: canary.toString('base64'), catalog: value });
      expect([value, errorCode(named)]).toEqual([
        value,
        value === '\u0000' ? 'invalid_request' : 'not_found',
      ]);
    }
    figure(5, { figure: `${hostile.length * 3} hostile filters and names: 0 leaks`, limit: '0 leaks' });
  });
});
