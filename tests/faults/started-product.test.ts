import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@likeness/db/database';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openProductDatabase, pidOf, startSecondWeb } from '../support/beside-product.ts';
import { COLOURS, drawGood } from '../support/drawn-goods.ts';
import { figure, full } from '../support/figure.ts';
import { buildOverRest, openShopOverRest, send, sendJson } from '../support/open-shop-over-rest.ts';
import { type Product, root, startProduct } from '../support/product.ts';

let product: Product;
let database: Database;
let photo: Buffer;
let blank: Buffer;

beforeAll(async () => {
  product = await startProduct({ seed: 'none' });
  database = openProductDatabase(product);
  photo = await drawGood(COLOURS.red, 1);
  blank = await sharp({ create: { width: 200, height: 200, channels: 3, background: '#eee' } })
    .png()
    .toBuffer();
  await openShopOverRest(product);
}, 240_000);
afterAll(async () => {
  await database?.close();
  await product?.stop();
});

type Delivered = { status: number; usage: Record<string, number> };

describe('the ledger while the web process is killed (property 20)', () => {
  it('has one row for each delivered answer; a row without one only for requests that were cut', async () => {
    const [total, kills] = full ? [5000, 10] : [160, 2];
    const kinds = [
      { path: '/v1/search', body: { image: photo.toString('base64'), limit: 3 } },
      { path: '/v1/detect', body: { image: photo.toString('base64') } },
      { path: '/v1/search', body: { image: blank.toString('base64') } },
      { path: '/v1/search', body: { image: photo.toString('base64'), limit: 0 } },
      { path: '/v1/search', body: { image: Buffer.from('no picture').toString('base64') } },
    ];
    const delivered = new Map<string, Delivered>();
    let [next, cut, hung] = [0, 0, 0];
    const again: number[] = [];
    const client = async (): Promise<void> => {
      while (next < total || again.length > 0) {
        const turn = again.pop() ?? next++;
        const { path, body } = kinds[turn % kinds.length] as (typeof kinds)[number];
        // Every 17th caller hangs up somewhere in the middle.
        const hangUp = turn % 17 === 0 ? AbortSignal.timeout(5 + (turn % 40)) : undefined;
        try {
          const answer = await send(product, path, hangUp ? { body, signal: hangUp } : { body });
          const json = (await answer.json()) as { request_id?: string; usage?: Record<string, number> };
          if (answer.status === 429) await sleep(100);
          const id = answer.headers.get('x-request-id') ?? '';
          delivered.set(id, {
            status: answer.status,
            usage: answer.status === 200 ? (json.usage ?? {}) : {},
          });
        } catch (error) {
          const refused = (error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED';
          // While the process starts again nobody listens: that request reached nobody and is sent once more.
          if (refused) again.push(turn);
          else if (hangUp) hung += 1;
          else cut += 1;
          await sleep(100);
        }
      }
    };
    const killer = async (): Promise<void> => {
      for (let i = 1; i <= kills; i++) {
        while (next < (total * i) / (kills + 1)) await sleep(20);
        process.kill(pidOf(product, 'web'), 'SIGKILL');
        await sleep(1500);
      }
    };
    await Promise.all([killer(), ...Array.from({ length: 6 }, client)]);

    const tenants = await database.system((tx) => tx.tenant.findMany({ select: { id: true } }));
    const rows = (
      await Promise.all(tenants.map(({ id }) => database.tenant(id, (tx) => tx.usageEvent.findMany())))
    ).flat();
    const byRequest = new Map(rows.map((row) => [row.requestId, row]));
    expect(byRequest.size).toBe(rows.length);
    let wrong = 0;
    for (const [id, { status, usage }] of delivered) {
      const row = byRequest.get(id);
      const expected = status === 200 ? JSON.stringify(usage) : 'none';
      const found = row ? JSON.stringify(row.billable ? { [row.meter]: row.quantity } : {}) : 'none';
      if (found !== expected) wrong += 1;
    }
    const undelivered = rows.filter((row) => !delivered.has(row.requestId)).length;
    figure(20, {
      figure: `${total} requests, ${kills} kills −9: ${delivered.size} delivered, difference ${wrong}, ${undelivered} rows of ${cut} cut and ${hung} hung-up requests`,
      limit: 'difference 0',
    });
    expect(wrong).toBe(0);
    expect(undelivered).toBeLessThanOrEqual(cut + hung);
    expect(cut).toBeGreaterThan(0);
    expect([...delivered.values()].some(({ status }) => status >= 500)).toBe(false);
  }, 1_200_000);
});

describe('promote and rollback in two web processes (property 36)', () => {
  it('reach both within 5 s, and no search fails meanwhile', async () => {
    const second = await startSecondWeb(product);
    const bases = [product.url, second.url];
    type Found = { index_version: string };
    const body = { image: photo.toString('base64'), catalog: 'shop', limit: 3 };
    const live = async (base: string): Promise<string> =>
      (await sendJson<Found>({ ...product, url: base }, '/v1/search', body)).index_version;
    try {
      const first = await live(product.url);
      const next = await buildOverRest(product, { detect: 'none' });
      let slowest = 0;
      let searches = 0;
      for (let i = 0; i < (full ? 40 : 4); i++) {
        const [wanted, verb, order] =
          i % 2 === 0 ? [next, 'promote', { index_version: next }] : [first, 'rollback', {}];
        await sendJson(product, `/v1/catalogs/shop/${verb}`, order);
        const began = Date.now();
        for (const base of bases) {
          while ((await live(base)) !== wanted && Date.now() - began < 10_000) searches += 1;
          searches += 1;
        }
        slowest = Math.max(slowest, (Date.now() - began) / 1000);
      }
      figure(36, {
        figure: `promote and rollback seen by two web processes after ${slowest} s at most; ${searches} searches, 0 failed`,
        limit: '5 s',
      });
      expect(slowest).toBeLessThan(5);
    } finally {
      await second.stop();
    }
  }, 120_000);
});

describe('the embedded Postgres killed −9', () => {
  it('comes back by itself with one line on stderr; meanwhile nobody is told that the password is wrong', async () => {
    const location = path.join(product.dataDir, 'postgres.location');
    const folder = existsSync(location)
      ? readFileSync(location, 'utf8').trim()
      : path.join(product.dataDir, 'postgres');
    const before = product.errors();
    process.kill(Number(readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
    const began = Date.now();
    const signIns = new Set<number>();
    let ready = 0;
    // It may take a moment until the web process notices: ready again means ready after it was not.
    let wasAway = false;
    while (Date.now() - began < 20_000 && !(wasAway && ready === 200)) {
      signIns.add(await signInStatus(product));
      ready = (await fetch(`${product.url}/readyz`)).status;
      wasAway ||= ready === 503;
      await sleep(50);
    }
    const lines = product.errors().slice(before.length).trim().split('\n');
    figure(41, {
      figure: `Postgres killed −9: ready again after ${(Date.now() - began) / 1000} s; sign-ins meanwhile ${[...signIns]}`,
      limit: 'ready, no 401',
    });
    expect([wasAway, ready, lines]).toEqual([
      true,
      200,
      [expect.stringMatching(/^postgres ended .*started again/)],
    ]);
    expect([...signIns].filter((status) => ![200, 503].includes(status))).toEqual([]);
    expect(await signInStatus(product)).toBe(200);
  }, 60_000);
});

describe('keys that were used (property 10)', () => {
  it('stand in no table, log, object or trace of the product, and in nothing that a browser gets', async () => {
    const keys = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const made = await sendJson<{ api_key: string }>(product, '/v1/keys', { name: `key ${i}` });
        return made.api_key;
      }),
    );
    for (const key of keys) await misuse(key);
    const bundle = path.join(root, 'apps/web/.next');
    const files = [product.dataDir, path.join(bundle, 'static'), path.join(bundle, 'server')].flatMap(
      (folder) =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
    );
    const needles = keys.flatMap((key) => [
      key.slice(4, 36),
      Buffer.from(key).toString('base64').slice(8, 48),
    ]);
    const found: string[] = [];
    let read = 0;
    for (const file of files) {
      const text = textOf(file);
      read += text.length;
      if (text && needles.some((needle) => text.includes(needle))) found.push(file);
    }
    figure(10, {
      figure: `${keys.length} keys used in ${files.length} files of the data folder and the bundle (${Math.round(read / 1e6)} MB, tables and journal among them): ${found.length} occurrences`,
      limit: '0 occurrences',
    });
    expect([files.length > 500, read > 20e6, found]).toEqual([true, true, []]);
  }, 120_000);

  it('secrets of the copy stand in no log and in nothing that a browser gets', () => {
    const secrets = JSON.parse(readFileSync(path.join(product.dataDir, 'secrets.json'), 'utf8')) as Record<
      string,
      string
    >;
    const folders = [path.join(product.dataDir, 'logs'), path.join(root, 'apps/web/.next/static')];
    const files = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
    );
    for (const file of files) {
      const text = textOf(file);
      for (const [name, secret] of Object.entries(secrets))
        if (secret) expect([file, name, text.includes(secret)]).toEqual([file, name, false]);
    }
  });
});

/** The status of a sign-in with the right password. */
async function signInStatus({ url, email, password }: Product): Promise<number> {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: {
      cookie: csrf.headers
        .getSetCookie()
        .map((each) => each.split(';')[0])
        .join('; '),
    },
    body: new URLSearchParams({ csrfToken, email, password, json: 'true', callbackUrl: '/' }),
  });
  return answer.status;
}

/** Every way in which a caller shows a key, the careless ones too. */
async function misuse(key: string): Promise<void> {
  const authorization = `Bearer ${key}`;
  const to = (address: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${product.url}${address}`, init);
  const post = { method: 'POST', headers: { authorization, 'content-type': 'application/json' } };
  const used = await to('/v1/usage', { headers: { authorization } });
  expect(used.status).toBe(200);
  const wrong = await Promise.all([
    to('/v1/search', { ...post, body: '{"image":"' }),
    to('/v1/search', { ...post, body: JSON.stringify({ image: key }) }),
    to(`/v1/usage?key=${key}`, {}),
    to(`/v1/products/${key}`, { headers: { authorization } }),
    to('/v1/search', { ...post, headers: { ...post.headers, authorization: key }, body: '{}' }),
    to(`/api/trpc/goods.job?input=${encodeURIComponent(JSON.stringify({ json: { jobId: key } }))}`, {
      headers: { authorization },
    }),
  ]);
  for (const answer of wrong)
    expect((await answer.text()).includes(key.slice(4, 36)) && answer.status >= 500).toBe(false);
}

function textOf(file: string): string {
  try {
    return statSync(file).isFile() ? readFileSync(file, 'latin1') : '';
  } catch {
    return ''; // a temporary file that is gone
  }
}
