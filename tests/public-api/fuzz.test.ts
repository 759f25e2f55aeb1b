import { ERRORS, type ErrorCode } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouteDefinition } from '../../apps/web/src/server/public-api/define-route.ts';
import { errorsOf } from '../../apps/web/src/server/public-api/errors-of-route.ts';
import { routes } from '../../apps/web/src/server/public-api/routes.ts';
import { COLOURS, drawGood } from '../support/drawn-goods.ts';
import { figure, full } from '../support/figure.ts';
import { near } from '../support/fuzz-values.ts';
import { errorCode, OPERATOR_TOKEN, openRestTenant, type RestTenant } from '../support/rest-client.ts';
import { openSmallShop } from '../support/small-shop.ts';

let { stack, rest, ctx, key } = {} as RestTenant;
let photo: string;

beforeAll(async () => {
  ({ stack, rest, ctx, key } = await openRestTenant('fuzz'));
  await openSmallShop(stack, ctx);
  photo = (await drawGood(COLOURS.red, 1)).toString('base64');
}, 120_000);
afterAll(() => stack?.stop());

const decodes = async (): Promise<number> =>
  ((await (await fetch(`${stack.inferenceUrl}/counters`)).json()) as { decodes: number }).decodes;

const nothing = Buffer.from('no picture').toString('base64');

const documented = (route: RouteDefinition): Set<string> => new Set(errorsOf(route) as ErrorCode[]);

describe('every input has a bound and is checked before work (property 13)', () => {
  it('whatever is sent to any route, the answer is a documented one and never a fault', async () => {
    let calls = 0;
    const runs = full ? 300 : 25;
    for (const route of routes) {
      const allowed = documented(route);
      await fc.assert(
        fc.asyncProperty(
          near(route.body, { image: [photo, nothing], catalog: ['shop', 'nothing'] }),
          near(route.query, { catalog: ['shop', 'nothing'] }),
          fc.string({ maxLength: 40 }),
          async (body, query, word) => {
            const at = route.path.replace(/\{\w+\}/g, encodeURIComponent((word || 'x').toWellFormed()));
            const search = new URLSearchParams();
            for (const [name, value] of Object.entries(query))
              if (value !== undefined) search.set(name, String(value).toWellFormed());
            const answer = await rest.call(route.method, `${at}?${search}`, {
              key: route.tenancy === 'operator' ? OPERATOR_TOKEN : key,
              body: route.method === 'GET' || route.method === 'DELETE' ? undefined : body,
            });
            calls += 1;
            const code = errorCode(answer);
            const fine =
              answer.status === route.answer.status ||
              (allowed.has(code) && answer.status === ERRORS[code as ErrorCode].http && answer.status < 500);
            expect([route.method, route.path, answer.status, code, fine]).toEqual([
              route.method,
              route.path,
              answer.status,
              code,
              true,
            ]);
          },
        ),
        { numRuns: runs, seed: 13 },
      );
    }
    figure(13, {
      figure: `${calls} fuzzed calls of ${routes.length} routes: 0 5xx, 0 undocumented answers`,
      limit: '0 5xx, 0 undocumented',
    });
  }, 600_000);

  it('broken bodies of every kind are 400 or 413', async () => {
    const bodies = [
      '',
      '{',
      '[]',
      '"x"',
      'null',
      '{"image":',
      '\0',
      `{"a":${'['.repeat(50)}${']'.repeat(50)}}`,
    ];
    for (const route of routes.filter((each) => each.body && each.tenancy === 'tenant')) {
      for (const body of bodies) {
        const answer = await rest.call(route.method, route.path.replace(/\{\w+\}/g, 'shop'), { key, body });
        const fine = answer.status < 500 && (answer.status >= 400 || body === '');
        expect([route.path, body.slice(0, 9), answer.status, fine]).toEqual([
          route.path,
          body.slice(0, 9),
          answer.status,
          true,
        ]);
      }
    }
  }, 60_000);

  it('each limit + 1 is refused before anything is decoded', async () => {
    const search = { image: photo, catalog: 'shop' };
    const nested = (depth: number): object => (depth === 0 ? { colour: 'red' } : { not: nested(depth - 1) });
    const many = (n: number): object => ({ or: Array.from({ length: n }, (_, i) => ({ colour: `c${i}` })) });
    const cases: [string, string, object, string][] = [
      ['limit', '/v1/search', { ...search, limit: LIMITS.searchLimitMax + 1 }, 'invalid_request'],
      ['offset', '/v1/search', { ...search, offset: LIMITS.searchOffsetMax + 1 }, 'invalid_request'],
      [
        'filter depth',
        '/v1/search',
        { ...search, filter: nested(LIMITS.filterDepthMax + 1) },
        'invalid_filter',
      ],
      [
        'filter parts',
        '/v1/search',
        { ...search, filter: many(LIMITS.filterNodesMax + 1) },
        'invalid_filter',
      ],
      [
        'filter values',
        '/v1/search',
        {
          ...search,
          filter: { colour: { in: Array.from({ length: LIMITS.filterInValuesMax + 1 }, String) } },
        },
        'invalid_filter',
      ],
      [
        'facets',
        '/v1/search',
        { ...search, facets: Array.from({ length: LIMITS.facetFieldsMax + 1 }, String) },
        'invalid_request',
      ],
      [
        'batch of products',
        '/v1/products:batch',
        {
          products: Array.from({ length: LIMITS.productsBatchMax + 1 }, (_, i) => ({ product_id: `p${i}` })),
        },
        'invalid_request',
      ],
      [
        'batch of events',
        '/v1/events',
        {
          events: Array.from({ length: LIMITS.eventsBatchMax + 1 }, () => ({
            type: 'view',
            request_id: 'r',
            product_id: 'p',
            position: 1,
          })),
        },
        'invalid_request',
      ],
      [
        'product id',
        '/v1/products:batch',
        { products: [{ product_id: 'x'.repeat(LIMITS.productIdMax + 1) }] },
        'invalid_request',
      ],
      [
        'attributes',
        '/v1/products:batch',
        {
          products: [
            {
              product_id: 'x',
              attributes: Object.fromEntries(
                Array.from({ length: LIMITS.attributesMax + 1 }, (_, i) => [`a${i}`, 1]),
              ),
            },
          ],
        },
        'invalid_request',
      ],
      [
        'text',
        '/v1/products:batch',
        { products: [{ product_id: 'x', title: 'x'.repeat(LIMITS.textMax + 1) }] },
        'invalid_request',
      ],
      ['box', '/v1/search', { ...search, box: [0, 0, 1, 1.0001] }, 'invalid_box'],
    ];
    const before = await decodes();
    for (const [name, path, body, code] of cases) {
      const answer = await rest.call('POST', path, { key, body });
      expect([name, answer.status, errorCode(answer)]).toEqual([name, 400, code]);
    }
    const tooManyBytes = Buffer.alloc(LIMITS.jsonBytesMax + 1, 65).toString('latin1');
    const heavy = await rest.call('POST', '/v1/search', { key, body: `{"image":"${tooManyBytes}"}` });
    expect([heavy.status, errorCode(heavy)]).toEqual([413, 'payload_too_large']);
    expect(await decodes()).toBe(before);
    const picture = Buffer.alloc(LIMITS.imageBytesMax + 1, 255).toString('base64');
    const large = await rest.call('POST', '/v1/search', { key, body: { image: picture, catalog: 'shop' } });
    expect([large.status, errorCode(large)]).toEqual([413, 'payload_too_large']);
    figure(13, { figure: `${cases.length + 2} limits + 1: all typed 4xx before decode`, limit: '100 %' });
  }, 60_000);
});
