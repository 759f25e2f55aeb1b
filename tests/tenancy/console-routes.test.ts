import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionCookie } from '../support/browser.ts';
import { figure } from '../support/figure.ts';
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
  '/api/console/[tenant]/evaluations': 'tenant',
  '/api/console/[tenant]/imports': 'tenant',
  '/api/console/[tenant]/jobs/[job]': 'tenant',
  '/api/console/[tenant]/models': 'tenant',
  '/api/console/[tenant]/photos/[photo]': 'tenant',
  '/api/console/[tenant]/search': 'tenant',
  '/api/trpc/[trpc]': 'own test',
  '/livez': 'no rows',
  '/media/[token]': 'signed link',
  '/readyz': 'no rows',
};
const READS = new Set(['/api/console/[tenant]/jobs/[job]', '/api/console/[tenant]/photos/[photo]']);

let product: Product;
let cookie: string;
let job: string;

beforeAll(async () => {
  product = await startProduct({ seed: 'none' });
  cookie = await sessionCookie(product);
  const { operator_token: token } = JSON.parse(readFileSync(path.join(product.dataDir, 'run.json'), 'utf8'));
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
  await rest('/v1/tenants', { name: 'Victim' });
  const catalog = await rest('/v1/catalogs', { name: 'their-secret-catalog' });
  job = (await rest(`/v1/catalogs/${catalog.id}/builds`, {})).job_id ?? '';
}, 240_000);
afterAll(() => product?.stop());

type Caller = { slug: string; cookie?: string };
async function call(
  address: string,
  { slug, cookie: given }: Caller,
): Promise<{ status: number; text: string }> {
  const at = address
    .replace('[tenant]', slug)
    .replace('[job]', job)
    .replace('[photo]', 'img_00000000000000000000000000');
  const headers: Record<string, string> = { origin: product.url, ...(given ? { cookie: given } : {}) };
  const form = new FormData();
  form.set('catalog', 'their-secret-catalog');
  const answer = READS.has(address)
    ? await fetch(`${product.url}${at}`, { headers })
    : await fetch(`${product.url}${at}`, { method: 'POST', headers, body: form });
  return { status: answer.status, text: await answer.text() };
}

describe('routes of the web app beside REST and tRPC (property 1)', () => {
  it('are all classified', () => {
    expect(addresses).toEqual(Object.keys(CLASSES).sort());
  });

  it('of a tenant give nobody 401 and a stranger what an unknown workspace gives', async () => {
    const ofTenant = Object.keys(CLASSES).filter((each) => CLASSES[each] === 'tenant');
    for (const address of ofTenant) {
      expect([address, (await call(address, { slug: 'victim' })).status]).toEqual([address, 401]);
      const plain = (text: string): string => text.replace(/"request_id":"[^"]+"/, '');
      const stranger = await call(address, { slug: 'victim', cookie });
      const unknown = await call(address, { slug: 'no-such-workspace', cookie });
      expect([address, stranger.status, plain(stranger.text)]).toEqual([address, 404, plain(unknown.text)]);
    }
    figure(1, { figure: `${ofTenant.length * 3} console calls, 0 leaks`, limit: '0 leaks' });
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
