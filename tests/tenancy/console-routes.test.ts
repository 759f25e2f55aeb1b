import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { newId } from '@likeness/contracts/ids';
import { removeMember } from '@likeness/core/member/change-member';
import type { Database } from '@likeness/db/database';
import { TENANT_MODELS } from '@likeness/db/tenant-models';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { besideCtx, openProductDatabase, type Person, seatPerson } from '../support/beside-product.ts';
import { sessionCookie } from '../support/browser.ts';
import { figure } from '../support/figure.ts';
import { plantEvaluation } from '../support/plant-evaluation.ts';
import { type Product, root, startProduct } from '../support/product.ts';

const APP = path.join(root, 'apps/web/src/app');
/** Every `route.ts` of the web app, by the address it answers. */
const addresses = readdirSync(APP, { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'route.ts')
  .map((file) => `/${path.dirname(file)}`)
  .sort();

/** Whose rows each address touches; a new one without a line here fails the build. */
const CLASSES: Record<string, 'tenant' | 'signed link' | 'no rows' | 'own test'> = {
  '/api/auth/[...nextauth]': 'no rows',
  '/api/console/[tenant]/audit': 'tenant',
  '/api/console/[tenant]/evaluations': 'tenant',
  '/api/console/[tenant]/evaluations/[evaluation]': 'tenant',
  '/api/console/[tenant]/imports': 'tenant',
  '/api/console/[tenant]/jobs/[job]': 'tenant',
  '/api/console/[tenant]/models': 'tenant',
  '/api/console/[tenant]/photos/[photo]': 'tenant',
  '/api/console/[tenant]/search': 'tenant',
  '/api/console/[tenant]/usage': 'tenant',
  '/api/trpc/[trpc]': 'own test',
  '/livez': 'no rows',
  '/media/[token]': 'signed link',
  '/readyz': 'no rows',
};
const READS = new Set([
  '/api/console/[tenant]/audit',
  '/api/console/[tenant]/evaluations/[evaluation]',
  '/api/console/[tenant]/jobs/[job]',
  '/api/console/[tenant]/photos/[photo]',
  '/api/console/[tenant]/usage',
]);

let product: Product;
let database: Database;
/** An owner and a member of another workspace, and somebody who lost their seat in the victim's. */
const cookies = { owner: '', member: '', removed: '' };
let cookie: string;
/** Ids of the other workspace. */
let theirs: Ids & { tenantId: string };

beforeAll(async () => {
  product = await startProduct({ seed: 'none' });
  cookie = await sessionCookie(product);
  const run = JSON.parse(readFileSync(path.join(product.dataDir, 'run.json'), 'utf8'));
  const token = run.operator_token as string;
  const rest = async (address: string, body: object): Promise<Record<string, string>> => {
    const answer = await fetch(`${product.url}${address}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'likeness-tenant': 'Victim',
      },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Record<string, string>;
  };
  const { tenant_id: tenantId = '' } = await rest('/v1/tenants', { name: 'Victim' });
  const catalog = await rest('/v1/catalogs', { name: 'their-secret-catalog' });
  const build = await rest(`/v1/catalogs/${catalog.id}/builds`, {});
  database = openProductDatabase(product);
  const photo = await plantPhoto(tenantId);
  const { evaluation } = await plantEvaluation(database, { tenantId, catalogId: catalog.id ?? '' });
  theirs = { tenantId, catalog: catalog.id ?? '', job: build.job_id ?? '', photo, evaluation };
  const signIn = (person: Person) => sessionCookie({ ...person, url: product.url });
  const removed = await seatPerson(database, { tenantId, role: 'owner' });
  cookies.owner = cookie;
  cookies.member = await signIn(await seatPerson(database, { tenantId: run.default_tenant, role: 'member' }));
  cookies.removed = await signIn(removed);
  await seatPerson(database, { tenantId, role: 'owner' });
  await removeMember(besideCtx(database, tenantId), { userId: removed.userId });
}, 240_000);
afterAll(async () => {
  await database?.close();
  await product?.stop();
});

/** A photo that somebody of the other workspace searched with. */
async function plantPhoto(tenantId: string): Promise<string> {
  const id = newId('image');
  const expiresAt = new Date(Date.now() + 3_600_000);
  await database.tenant(tenantId, (tx) =>
    tx.queryImage.create({
      data: {
        tenantId,
        id,
        sha256: 'x',
        width: 8,
        height: 8,
        originalKey: `t/${tenantId}/query/secret`,
        expiresAt,
      },
    }),
  );
  return id;
}

/** Everything of the other workspace, as one text. */
async function theirRows(): Promise<string> {
  const rows = await database.tenant(theirs.tenantId, async (tx) => {
    const client = tx as unknown as Record<string, { findMany(): Promise<object[]> }>;
    const all: Record<string, object[] | undefined> = {};
    for (const model of TENANT_MODELS)
      all[model] = await client[`${model[0]?.toLowerCase()}${model.slice(1)}`]?.findMany();
    return all;
  });
  return JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value));
}

type Caller = { slug: string; cookie?: string; ids?: Ids };
type Ids = { catalog: string; job: string; photo: string; evaluation: string };
const UNKNOWN: Ids = {
  catalog: 'no-such-catalog',
  job: 'job_x',
  photo: 'img_00000000000000000000000000',
  evaluation: 'evl_x',
};
async function call(
  address: string,
  { slug, cookie: given, ids = theirs }: Caller,
): Promise<{ status: number; text: string }> {
  const at = address
    .replace('[tenant]', slug)
    .replace('[job]', ids.job)
    .replace('[photo]', ids.photo)
    .replace('[evaluation]', ids.evaluation);
  const headers: Record<string, string> = { origin: product.url, ...(given ? { cookie: given } : {}) };
  const form = new FormData();
  // Ids in every place that a route might read one from.
  form.set('catalog', ids.catalog);
  for (const name of ['image_id', 'product_id', 'test_set_id'])
    if (address.endsWith('/search')) form.set(name, ids.photo);
  if (address.endsWith('/evaluations'))
    form.set('queries', new Blob(['image,product_id\na.jpg,1\n']), 'q.csv');
  const answer = READS.has(address)
    ? await fetch(`${product.url}${at}`, { headers, redirect: 'manual' })
    : await fetch(`${product.url}${at}`, { method: 'POST', headers, body: form });
  return { status: answer.status, text: (await answer.text()).replace(/"request_id":"[^"]+"/, '') };
}

const ofTenant = Object.keys(CLASSES).filter((each) => CLASSES[each] === 'tenant');
/** An import makes the catalogue that it names: in the caller's own workspace this is the caller's right. */
const MAKES_OWN = new Set(['/api/console/[tenant]/imports', '/api/console/[tenant]/models']);
/** These name no id: they download what the caller's own workspace holds. */
const NAMES_NONE = new Set(['/api/console/[tenant]/audit', '/api/console/[tenant]/usage']);

describe('routes of the web app beside REST and tRPC (property 1)', () => {
  it('are all classified', () => {
    expect(addresses).toEqual(Object.keys(CLASSES).sort());
  });

  it('of a tenant give nobody 401 and strangers of every role what an unknown workspace gives, and change no row', async () => {
    const before = await theirRows();
    let calls = 0;
    for (const address of ofTenant) {
      expect([address, (await call(address, { slug: 'victim' })).status]).toEqual([address, 401]);
      for (const [who, given] of Object.entries(cookies)) {
        const stranger = await call(address, { slug: 'victim', cookie: given });
        const unknown = await call(address, { slug: 'no-such-workspace', cookie: given });
        expect([address, who, stranger.status, stranger.text]).toEqual([address, who, 404, unknown.text]);
        calls += 1;
      }
    }
    expect(await theirRows()).toBe(before);
    figure(1, {
      figure: `${calls + ofTenant.length} console calls as nobody, owner and member of another and removed member: 0 leaks, 0 writes`,
      limit: '0 leaks, 0 writes',
    });
  });

  it('answer foreign ids from within one’s own workspace exactly like unknown ones, and change no row', async () => {
    const before = await theirRows();
    let calls = 0;
    for (const address of ofTenant.filter((each) => !MAKES_OWN.has(each) && !NAMES_NONE.has(each))) {
      for (const who of ['owner', 'member'] as const) {
        const foreign = await call(address, { slug: 'default', cookie: cookies[who] });
        const unknown = await call(address, { slug: 'default', cookie: cookies[who], ids: UNKNOWN });
        expect([address, who, foreign]).toEqual([address, who, unknown]);
        expect([
          address,
          who,
          foreign.status >= 400 && foreign.status < 500,
          foreign.text.includes('secret'),
        ]).toEqual([address, who, true, false]);
        calls += 1;
      }
    }
    expect(await theirRows()).toBe(before);
    figure(1, {
      figure: `${calls} console calls with foreign ids: 0 leaks, 0 writes`,
      limit: '0 leaks, 0 writes',
    });
  });

  it('download the audit and the ledger of one’s own workspace alone, the audit to owners', async () => {
    for (const [address, memberStatus] of [
      ['/api/console/[tenant]/audit', 403],
      ['/api/console/[tenant]/usage', 200],
    ] as const) {
      const own = await call(address, { slug: 'default', cookie: cookies.owner });
      expect([address, own.status, own.text.includes('secret')]).toEqual([address, 200, false]);
      const member = await call(address, { slug: 'default', cookie: cookies.member });
      expect([address, member.status]).toEqual([address, memberStatus]);
    }
  });

  it('show a job’s stream to nobody of another workspace, also from within one’s own (property 5)', async () => {
    const answer = await call('/api/console/[tenant]/jobs/[job]', { slug: 'default', cookie });
    expect([answer.status, answer.text.includes('secret')]).toEqual([404, false]);
    figure(5, { figure: 'job streams of another tenant: 0 opened', limit: '0' });
  });

  it('take no signed link that was bent (property 5)', async () => {
    const bent = ['x', 'AAAA.BBBB', '..%2f..%2fetc%2fpasswd', '%2e%2e%2fsecrets.json', 'a'.repeat(500)];
    for (const token of bent) {
      const answer = await fetch(`${product.url}/media/${token}`);
      expect([token, answer.status]).toEqual([token, 404]);
    }
  });
});
