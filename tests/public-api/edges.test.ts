import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCode, openRestTenant, type RestTenant } from '../support/rest-client.ts';

let { stack, rest, ctx, key, call } = {} as RestTenant;
beforeAll(async () => {
  ({ stack, rest, ctx, key, call } = await openRestTenant('edges'));
}, 120_000);
afterAll(() => stack?.stop());

/** Instants that a schema of dates takes and no four digits of a year in UTC can hold. */
const BEYOND = ['9999-12-31T23:59:59-23:59', '0000-01-01T00:00:00Z', '0001-01-01T00:00:00+23:59'];

describe('times beyond the calendar', () => {
  it.each(BEYOND)('a key that would end at %s is refused and not stored', async (expires_at) => {
    const before = (await call('GET', '/v1/keys')).body;
    const answer = await call('POST', '/v1/keys', { name: 'e', scopes: ['search:run'], expires_at });
    expect([answer.status, errorCode(answer)]).toEqual([400, 'invalid_request']);
    expect((await call('GET', '/v1/keys')).body).toEqual(before);
  });

  it.each([...BEYOND, '0000-01-01'])('usage from and to %s is refused in words', async (time) => {
    for (const name of ['from', 'to']) {
      const answer = await call('GET', `/v1/usage?${name}=${encodeURIComponent(time)}`);
      expect([answer.status, errorCode(answer)]).toEqual([400, 'invalid_request']);
    }
  });

  it.each(BEYOND)('an event of %s is refused', async (time) => {
    const event = { type: 'click', request_id: 'req_x', product_id: 'p', position: 1, time };
    const answer = await call('POST', '/v1/events', { events: [event] });
    expect([answer.status, errorCode(answer)]).toEqual([400, 'invalid_request']);
  });
});

describe('names that no address can hold', () => {
  it.each(['*', '_all', 'a,b', '../', '<goods-{now/d}>', '-a', 'a\nb', 'a\u202eb'])(
    'a catalog cannot be named %s',
    async (name) => {
      expect(errorCode(await call('POST', '/v1/catalogs', { name }))).toBe('invalid_request');
    },
  );

  it.each(['.', '..'])('a catalog or a product named %s is refused', async (name) => {
    expect(errorCode(await call('POST', '/v1/catalogs', { name }))).toBe('invalid_request');
    await call('POST', '/v1/catalogs', { name: 'goods' });
    const product = { catalog: 'goods', products: [{ product_id: name, title: 'x' }] };
    expect(errorCode(await call('POST', '/v1/products:batch', product))).toBe('invalid_request');
  });
});

describe('writing a product', () => {
  it('null takes category, price and attributes away; what is left out stays', async () => {
    await call('POST', '/v1/catalogs', { name: 'cleared' });
    const at = '/v1/products/a?catalog=cleared';
    await call('PUT', at, { title: 'A', category: 'new', price: 50 });
    expect((await call('PUT', at, { title: 'A2' })).body).toMatchObject({ category: 'new', price: 50 });
    const cleared = { title: 'A2', category: null, price: null };
    expect((await call('PUT', at, { category: null, price: null })).body).toMatchObject(cleared);
    expect((await call('GET', at)).body).toMatchObject(cleared);
    await call('PUT', at, { attributes: { sale: true, sizes: ['S', 'M'], colour: 'red' } });
    const left = { attributes: { sizes: ['S', 'M'], colour: 'blue' } };
    expect(
      (await call('PUT', at, { attributes: { sale: null, colour: 'blue', never: null } })).body,
    ).toMatchObject(left);
    const read = (await call('GET', at)).body as { attributes: object };
    expect(read.attributes).toEqual(left.attributes);
  });

  it('two catalogs in one call are refused, and an unknown field of the query is called one', async () => {
    const body = { catalog: 'cleared', products: [{ product_id: 'b' }] };
    expect(errorCode(await call('POST', '/v1/products:batch?catalog=goods', body))).toBe('invalid_request');
    const { error } = (await call('GET', '/v1/products/a?catalog=cleared&x=1')).body as {
      error: { message: string };
    };
    expect(error.message).toContain('query');
    expect(error.message).not.toContain('body');
  });
});

describe('a search that says one thing twice', () => {
  it('a box and a point are refused as a box', async () => {
    const body = { image: 'AAAA', box: [0, 0, 1, 1], point: [0.5, 0.5] };
    const answer = await call('POST', '/v1/search', body);
    expect([answer.status, errorCode(answer)]).toEqual([400, 'invalid_box']);
  });

  it('a field or a file that a form holds twice is refused by its name', async () => {
    for (const name of ['limit', 'image']) {
      const form = new FormData();
      for (const value of ['1', '2']) form.append(name, name === 'image' ? new Blob([value]) : value);
      const answer = await rest.call('POST', '/v1/search', { key, form });
      expect([answer.status, errorCode(answer)]).toEqual([400, 'invalid_request']);
      expect(JSON.stringify(answer.body)).toContain(`\\"${name}\\" was sent twice`);
    }
  });

  it('leaves nothing of an upload that is refused in the middle', async () => {
    const uploads = path.join(stack.folder, 'objects', 't', ctx.tenantId, 'uploads');
    const form = new FormData();
    form.append('table', new Blob(['product_id\n1\n'.repeat(50_000)]), 'a.csv');
    form.append('table', new Blob(['product_id\n2\n']), 'b.csv');
    const answer = await rest.call('POST', '/v1/catalogs/twice/imports', { key, form });
    expect([answer.status, errorCode(answer)]).toEqual([400, 'invalid_request']);
    expect(existsSync(uploads) ? readdirSync(uploads) : []).toEqual([]);
  });
});
