import { readFileSync } from 'node:fs';
import path from 'node:path';
import superjson from 'superjson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appRouter } from '../../apps/web/src/server/trpc/app-router.ts';
import type { ProcedureMeta } from '../../apps/web/src/server/trpc/procedures.ts';
import { sessionCookie } from '../support/browser.ts';
import { type Product, startProduct } from '../support/product.ts';

type Procedure = { _def: { type: 'query' | 'mutation'; meta?: ProcedureMeta } };
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);

let product: Product;
let cookie: string;
/** Ids of the other tenant's rows. */
let theirs: { slug: string; catalog: string; key: string; job: string };

beforeAll(async () => {
  product = await startProduct({ seed: 'none' });
  cookie = await sessionCookie(product);
  const run = JSON.parse(readFileSync(path.join(product.dataDir, 'run.json'), 'utf8'));
  const auth = run.operator_token as string;
  await rest('/v1/tenants', auth, { name: 'Victim' });
  const catalog = await rest('/v1/catalogs', auth, { name: 'their-secret-catalog' });
  const key = await rest('/v1/keys', auth, { name: 'their-secret-key' });
  const build = await rest(`/v1/catalogs/${catalog.id}/builds`, auth, {});
  theirs = { slug: 'victim', catalog: catalog.id, key: key.key.id, job: build.job_id };
}, 240_000);
afterAll(async () => {
  await product?.stop();
});

// biome-ignore lint/suspicious/noExplicitAny: answers of several routes, read by field.
async function rest(address: string, token: string, body: object): Promise<any> {
  const response = await fetch(`${product.url}${address}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'likeness-tenant': 'Victim',
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** An input that each procedure would take, every id in it the other tenant's. */
const inputs = (): Record<string, object> => ({
  'goods.createCatalog': { name: 'planted' },
  'goods.job': { jobId: theirs.job },
  'goods.cancelJob': { jobId: theirs.job },
  'goods.rejects': { jobId: theirs.job },
  'goods.products': { catalog: theirs.catalog },
  'quality.build': { catalog: theirs.catalog },
  'quality.promote': { catalog: theirs.catalog, indexVersionId: 'idx_00000000000000000000000000' },
  'quality.rollback': { catalog: theirs.catalog },
  'quality.holdOut': { catalog: theirs.catalog, name: 'planted', limit: 5 },
  'quality.saveQuery': {
    catalog: theirs.catalog,
    testSet: 'planted',
    imageId: 'img_00000000000000000000000000',
    box: null,
    productIds: ['1'],
  },
  'quality.evaluate': { catalog: theirs.catalog, testSetId: 'tst_00000000000000000000000000' },
  'workspace.createKey': { name: 'planted', scopes: 'all' },
  'workspace.revokeKey': { keyId: theirs.key },
  'workspace.rotateKey': { keyId: theirs.key, graceSeconds: 0 },
  'workspace.updateSettings': { queryRetentionHours: 0 },
});
/** These name no id: in the caller's own tenant they are the caller's own right. */
const OWN = new Set(['goods.createCatalog', 'workspace.createKey', 'workspace.updateSettings']);
/** These say of an unknown id "nothing", as of an empty list. */
const EMPTY = new Set(['goods.rejects']);

type Call = { slug: string; cookie?: string; origin?: string };
async function call(name: string, type: string, how: Call): Promise<{ status: number; text: string }> {
  const input = JSON.stringify(superjson.serialize(inputs()[name]));
  const headers: Record<string, string> = { 'x-likeness-tenant': how.slug };
  if (how.cookie) headers.cookie = how.cookie;
  const address = `${product.url}/api/trpc/${name}`;
  const response =
    type === 'query'
      ? await fetch(`${address}?input=${encodeURIComponent(input)}`, { headers })
      : await fetch(address, {
          method: 'POST',
          headers: {
            ...headers,
            origin: how.origin ?? product.url,
            'content-type': 'application/json',
          },
          body: input,
        });
  return { status: response.status, text: await response.text() };
}

describe('the console’s procedures, each of them', () => {
  it('have a sample here and say whose rows they touch', () => {
    expect(procedures.length).toBeGreaterThan(10);
    expect(procedures.map(([name]) => name).sort()).toEqual(Object.keys(inputsShape()).sort());
    for (const [name, procedure] of procedures) {
      expect(procedure._def.meta?.tenancy, name).toBe('tenant');
      expect(procedure._def.meta?.permission, name).toBeTruthy();
    }
  });

  it.each(procedures.map(([name, { _def }]) => [name, _def.type]))(
    '%s (%s) gives nobody, and a member of another tenant, nothing',
    async (name, type) => {
      const nobody = await call(name, type, { slug: theirs.slug });
      expect(nobody.status).toBe(401);
      const stranger = await call(name, type, { slug: theirs.slug, cookie });
      expect(stranger.status).toBe(404);
      for (const answer of [nobody, stranger]) expect(answer.text).not.toContain('secret');
    },
  );

  it.each(procedures.filter(([name]) => !OWN.has(name)).map(([name, { _def }]) => [name, _def.type]))(
    '%s (%s) finds no row of another tenant from within one’s own',
    async (name, type) => {
      const answer = await call(name, type, { slug: 'default', cookie });
      expect(answer.text).not.toContain('secret');
      if (EMPTY.has(name)) expect(JSON.parse(answer.text).result.data.json).toEqual([]);
      else expect(answer.status, answer.text).toBe(404);
    },
  );

  it('are not reached from another site’s page', async () => {
    const answer = await call('workspace.createKey', 'mutation', {
      slug: 'default',
      cookie,
      origin: 'https://elsewhere.example',
    });
    expect(answer.status).toBe(403);
  });
});

function inputsShape(): Record<string, object> {
  theirs ??= { slug: '', catalog: '', key: '', job: '' };
  return inputs();
}
