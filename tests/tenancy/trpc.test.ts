import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Permission, ROLE_PERMISSIONS } from '@likeness/contracts/permissions';
import { removeMember } from '@likeness/core/member/change-member';
import type { Database } from '@likeness/db/database';
import superjson from 'superjson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appRouter } from '../../apps/web/src/server/trpc/app-router.ts';
import type { ProcedureMeta } from '../../apps/web/src/server/trpc/procedures.ts';
import { besideCtx, openProductDatabase, type Person, seatPerson } from '../support/beside-product.ts';
import { sessionCookie } from '../support/browser.ts';
import { figure } from '../support/figure.ts';
import { plantEvaluation } from '../support/plant-evaluation.ts';
import { type Product, startProduct } from '../support/product.ts';

type Procedure = { _def: { type: 'query' | 'mutation'; meta?: ProcedureMeta } };
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);

let product: Product;
let database: Database;
/** Who calls: the owner and a member of another tenant, and somebody who lost their seat in the victim's. */
const cookies = { owner: '', member: '', removed: '' };
/** Ids of the other tenant's rows. */
let theirs: {
  slug: string;
  catalog: string;
  key: string;
  job: string;
  user: string;
  testSet: string;
  evaluation: string;
};

beforeAll(async () => {
  product = await startProduct({ seed: 'none' });
  const run = JSON.parse(readFileSync(path.join(product.dataDir, 'run.json'), 'utf8'));
  const auth = run.operator_token as string;
  const victim = await rest('/v1/tenants', auth, { name: 'Victim' });
  const catalog = await rest('/v1/catalogs', auth, { name: 'their-secret-catalog' });
  const key = await rest('/v1/keys', auth, { name: 'their-secret-key' });
  const build = await rest(`/v1/catalogs/${catalog.id}/builds`, auth, {});
  database = openProductDatabase(product);
  const member = await seatPerson(database, { tenantId: victim.tenant_id, role: 'member' });
  const planted = await plantEvaluation(database, { tenantId: victim.tenant_id, catalogId: catalog.id });
  theirs = {
    slug: 'victim',
    catalog: catalog.id,
    key: key.key.id,
    job: build.job_id,
    user: member.userId,
    ...planted,
  };
  const removed = await seatPerson(database, { tenantId: victim.tenant_id, role: 'owner' });
  const colleague = await seatPerson(database, { tenantId: run.default_tenant, role: 'member' });
  const signIn = (person: Pick<Person, 'email' | 'password'>) =>
    sessionCookie({ ...person, url: product.url });
  cookies.owner = await sessionCookie(product);
  cookies.member = await signIn(colleague);
  cookies.removed = await signIn(removed);
  await seatPerson(database, { tenantId: victim.tenant_id, role: 'owner' });
  await removeMember(besideCtx(database, victim.tenant_id), { userId: removed.userId });
}, 240_000);
afterAll(async () => {
  await database?.close();
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
  'catalog.delete': { catalog: theirs.catalog },
  'goods.createCatalog': { name: 'planted' },
  'goods.job': { jobId: theirs.job },
  'goods.cancelJob': { jobId: theirs.job },
  'goods.resumeImport': { jobId: theirs.job },
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
  'quality.setRight': { queryId: 'tqy_00000000000000000000000000', productIds: [] },
  'quality.evaluate': { catalog: theirs.catalog, testSetId: 'tst_00000000000000000000000000' },
  'quality.gallery': { evaluationId: theirs.evaluation, place: 'first', shown: 0 },
  'quality.removeTestSet': { testSetId: theirs.testSet },
  'quality.removeEvaluation': { evaluationId: theirs.evaluation },
  'workspace.find': { query: 'secret' },
  'workspace.createKey': { name: 'planted', scopes: 'all' },
  'workspace.revokeKey': { keyId: theirs.key },
  'workspace.rotateKey': { keyId: theirs.key, graceSeconds: 0 },
  'workspace.updateSettings': { queryRetentionHours: 0 },
  'members.add': { email: 'planted@example.com', name: 'planted', role: 'member' },
  'members.changeRole': { userId: theirs.user, role: 'owner' },
  'members.remove': { userId: theirs.user },
  'account.changePassword': { current: 'not mine', next: 'planted password' },
  'account.signOutOthers': {},
});
/** These name no id: in the caller's own tenant they are the caller's own right. */
const OWN = new Set([
  'goods.createCatalog',
  'workspace.createKey',
  'workspace.updateSettings',
  'members.add',
]);
/** These name nobody but the caller. */
const ofTenant = procedures.filter(([, { _def }]) => _def.meta?.tenancy !== 'user');
const ofCaller = procedures.filter(([, { _def }]) => _def.meta?.tenancy === 'user');
/** These say of an unknown id "nothing", as of an empty list. */
const EMPTY = new Set(['goods.rejects', 'workspace.find']);

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

describe('the console’s procedures, each of them (property 1)', () => {
  it('have a sample here and say whose rows they touch', () => {
    expect(procedures.length).toBeGreaterThan(10);
    expect(procedures.map(([name]) => name).sort()).toEqual(Object.keys(inputsShape()).sort());
    for (const [name, { _def }] of ofTenant) {
      expect(_def.meta?.tenancy, name).toBe('tenant');
      expect(_def.meta?.permission, name).toBeTruthy();
    }
    expect(ofCaller.map(([name]) => name)).toEqual(['account.changePassword', 'account.signOutOthers']);
  });

  it('give nobody, strangers of every role and a removed member nothing of another tenant', async () => {
    let calls = 0;
    for (const [name, { _def }] of ofTenant) {
      const nobody = await call(name, _def.type, { slug: theirs.slug });
      expect([name, nobody.status]).toEqual([name, 401]);
      expect(nobody.text).not.toContain('secret');
      for (const [who, cookie] of Object.entries(cookies)) {
        const stranger = await call(name, _def.type, { slug: theirs.slug, cookie });
        calls += 1;
        expect([name, who, stranger.status]).toEqual([name, who, 404]);
        expect(stranger.text).not.toContain('secret');
      }
    }
    for (const [name, { _def }] of ofCaller)
      expect((await call(name, _def.type, { slug: 'default' })).status, name).toBe(401);
    figure(1, {
      figure: `${calls + procedures.length} procedure calls of 4 kinds of callers, 0 leaks`,
      limit: '0 leaks',
    });
  }, 60_000);

  it('find no row of another tenant from within one’s own, whoever asks (properties 1 and 8)', async () => {
    for (const who of ['owner', 'member'] as const) {
      for (const [name, { _def }] of ofTenant) {
        if (OWN.has(name) && who === 'owner') continue;
        const allowed = ROLE_PERMISSIONS[who].includes(_def.meta?.permission as Permission);
        if (OWN.has(name) && allowed) continue;
        const answer = await call(name, _def.type, { slug: 'default', cookie: cookies[who] });
        expect(answer.text).not.toContain('secret');
        if (!allowed) expect([name, who, answer.status]).toEqual([name, who, 403]);
        else if (EMPTY.has(name)) expect(JSON.parse(answer.text).result.data.json).toEqual([]);
        else expect([name, who, answer.status, answer.text]).toEqual([name, who, 404, answer.text]);
      }
    }
  }, 60_000);

  it('are not reached from another site’s page', async () => {
    const answer = await call('workspace.createKey', 'mutation', {
      slug: 'default',
      cookie: cookies.owner,
      origin: 'https://elsewhere.example',
    });
    expect(answer.status).toBe(403);
  });
});

function inputsShape(): Record<string, object> {
  theirs ??= { slug: '', catalog: '', key: '', job: '', user: '', testSet: '', evaluation: '' };
  return inputs();
}
