import { createHash } from 'node:crypto';
import { SCOPES } from '@likeness/contracts/scopes';
import type { Ctx } from '@likeness/core/context';
import { TENANT_MODELS } from '@likeness/db/tenant-models';
import { createTenantSample, type TenantSample } from '@likeness/db/testing/factories';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../apps/web/src/server/public-api/routes.ts';
import { drawGood } from '../support/drawn-goods.ts';
import { figure } from '../support/figure.ts';
import {
  createRestClient,
  errorCode,
  keyFor,
  OPERATOR_TOKEN,
  type RestClient,
} from '../support/rest-client.ts';
import { openSmallShop } from '../support/small-shop.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
let rest: RestClient;
let victim: TenantSample;
let victimCtx: Ctx;
let attacker: Ctx;
let key: string;
let image: string;

beforeAll(async () => {
  stack = await startStack();
  rest = await createRestClient(stack.deps);
  victim = await createTenantSample(stack.deps.db, 'victim');
  victimCtx = { ...(await stack.tenant('unused')), tenantId: victim.tenantId };
  attacker = await stack.tenant('attacker');
  await openSmallShop(stack, attacker, 'mine');
  key = await keyFor(attacker);
  image = (await drawGood('#c22525')).toString('base64');
}, 120_000);
afterAll(() => stack?.stop());

/** A hash of every row of the victim, but for times that a mere sign of life changes. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const rows = await stack.deps.db.tenant(victim.tenantId, async (tx) => {
    const client = tx as unknown as Record<string, { findMany(): Promise<object[]> }>;
    const all: Record<string, object[]> = {};
    for (const model of TENANT_MODELS)
      all[model] = (await client[model[0]?.toLowerCase() + model.slice(1)]?.findMany()) ?? [];
    return all;
  });
  return hash
    .update(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value)))
    .digest('hex');
}

const ids = (): string[] =>
  Object.values(victim).filter(
    (value): value is string => typeof value === 'string' && value !== victim.tenantId,
  );
const UNKNOWN = 'zzz_00000000000000000000000000';

/** A body that a route would take if only the ids were the caller's own. */
function bodyOf(path: string, id: string): Record<string, unknown> {
  const bodies: Record<string, Record<string, unknown>> = {
    '/v1/search': { image_id: id, box: [0.1, 0.1, 0.9, 0.9] },
    '/v1/detect': { image, catalog: id },
    '/v1/products/{id}': { title: 'mine now' },
    '/v1/products:batch': { catalog: id, products: [{ product_id: 'x', title: 'mine now' }] },
    '/v1/catalogs': { name: `copy of ${id}` },
    '/v1/catalogs/{catalog}/builds': { embed: id },
    '/v1/catalogs/{catalog}/promote': { index_version: id },
    '/v1/catalogs/{catalog}/evaluations': { test_set_id: id },
    '/v1/events': { events: [{ type: 'click', request_id: id, product_id: id, position: 1 }] },
  };
  return bodies[path] ?? {};
}

/** What a refusal looks like, but for the request's own id. */
const shape = (body: unknown, id: string): string =>
  JSON.stringify(body)
    .replaceAll(id, 'ID')
    .replace(/"request_id":"[^"]+"/, '');

/** Routes that take no id of anything, or only make something of the caller's own. */
const OWN_ONLY = new Set([
  'GET /v1/catalogs',
  'POST /v1/catalogs',
  'GET /v1/usage',
  'GET /v1/models',
  'POST /v1/models',
  'GET /v1/keys',
  'POST /v1/keys',
  'POST /v1/events',
  'POST /v1/catalogs/{catalog}/imports',
]);

describe('nobody reaches another tenant through REST (property 1)', () => {
  it('every route says whose rows it touches', () => {
    expect(
      routes
        .filter((route) => !['tenant', 'operator', 'public'].includes(route.tenancy))
        .map((route) => route.path),
    ).toEqual([]);
    expect(
      routes.filter((route) => route.tenancy === 'tenant' && route.scope === null).map((route) => route.path),
    ).toEqual([]);
  });

  it("another tenant's ids answer exactly like unknown ones, and not a row of theirs changes", async () => {
    const before = await fingerprint();
    let called = 0;
    for (const route of routes.filter(
      (each) => each.tenancy === 'tenant' && !OWN_ONLY.has(`${each.method} ${each.path}`),
    )) {
      for (const id of ids()) {
        const at = (value: string): string => route.path.replace(/\{\w+\}/g, encodeURIComponent(value));
        const body = (value: string): object | undefined =>
          route.body ? bodyOf(route.path, value) : undefined;
        const query = route.query && route.path.includes('products') ? `?catalog=${id}` : '';
        const foreign = await rest.call(route.method, at(id) + query, {
          key,
          body: body(id),
          headers: { 'likeness-tenant': victim.tenantId },
        });
        const unknown = await rest.call(route.method, at(UNKNOWN) + query.replace(id, UNKNOWN), {
          key,
          body: body(UNKNOWN),
        });
        called += 1;
        expect([route.method, at(id), foreign.status, shape(foreign.body, id)]).toEqual([
          route.method,
          at(id),
          unknown.status,
          shape(unknown.body, UNKNOWN),
        ]);
        expect([route.path, foreign.status >= 400]).toEqual([route.path, true]);
      }
    }
    expect(await fingerprint()).toBe(before);
    figure(1, {
      figure: `${called} REST calls with foreign ids, 0 leaks, 0 writes`,
      limit: '100 % of routes, 0 leaks, 0 writes',
    });
  }, 120_000);

  it('every single scope opens its own routes and no other, and none of them another tenant’s rows', async () => {
    let calls = 0;
    for (const scope of SCOPES) {
      const narrow = await keyFor(attacker, [scope]);
      for (const route of routes.filter((each) => each.tenancy === 'tenant')) {
        const at = route.path.replace(/\{\w+\}/g, victim.catalogId);
        const body = route.body ? bodyOf(route.path, victim.catalogId) : undefined;
        const answer = await rest.call(route.method, at, { key: narrow, body });
        calls += 1;
        const refused = errorCode(answer) === 'insufficient_scope';
        expect([scope, route.method, route.path, refused]).toEqual([
          scope,
          route.method,
          route.path,
          route.scope !== scope,
        ]);
        expect(JSON.stringify(answer.body)).not.toContain(victim.tenantId);
      }
    }
    figure(1, { figure: `${calls} calls of ${SCOPES.length} single scopes, 0 leaks`, limit: '0 leaks' });
  }, 60_000);

  it('nobody, a broken key and a key without the scope are refused by every route', async () => {
    const none = await keyFor(attacker, ['events:write']);
    for (const route of routes.filter((each) => each.tenancy === 'tenant')) {
      const path = route.path.replace(/\{\w+\}/g, 'x');
      expect([path, errorCode(await rest.call(route.method, path))]).toEqual([path, 'unauthenticated']);
      expect([path, errorCode(await rest.call(route.method, path, { key: 'lks_nonsense' }))]).toEqual([
        path,
        'invalid_key',
      ]);
      if (route.scope !== 'events:write')
        expect([path, errorCode(await rest.call(route.method, path, { key: none }))]).toEqual([
          path,
          'insufficient_scope',
        ]);
    }
    for (const route of routes.filter((each) => each.tenancy === 'operator')) {
      expect(errorCode(await rest.call(route.method, route.path, { key, body: { name: 'x' } }))).toBe(
        'forbidden',
      );
    }
    expect(SCOPES.length).toBeGreaterThan(0);
  }, 60_000);

  it('the operator acts for the tenant it names, and an unknown one is not found', async () => {
    const answer = await rest.call('GET', '/v1/catalogs', {
      key: OPERATOR_TOKEN,
      headers: { 'likeness-tenant': victim.tenantId },
    });
    expect((answer.body as { catalogs: { id: string }[] }).catalogs.map((each) => each.id)).toEqual([
      victim.catalogId,
    ]);
    expect(
      errorCode(
        await rest.call('GET', '/v1/catalogs', {
          key: OPERATOR_TOKEN,
          headers: { 'likeness-tenant': 'nobody' },
        }),
      ),
    ).toBe('not_found');
    expect(victimCtx.tenantId).toBe(victim.tenantId);
  });
});
