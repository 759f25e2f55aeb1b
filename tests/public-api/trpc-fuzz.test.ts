import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ERRORS, type ErrorCode } from '@likeness/contracts/errors';
import { LIMITS } from '@likeness/contracts/limits';
import fc from 'fast-check';
import superjson from 'superjson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { appRouter } from '../../apps/web/src/server/trpc/app-router.ts';
import { sessionCookie } from '../support/browser.ts';
import { COLOURS, drawGood } from '../support/drawn-goods.ts';
import { figure, full } from '../support/figure.ts';
import { junk, near } from '../support/fuzz-values.ts';
import { type Product, root, startProduct } from '../support/product.ts';

type Procedure = { _def: { type: 'query' | 'mutation'; inputs: z.ZodType[] } };
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);

let product: Product;
let headers: Record<string, string>;
/** Ids that exist, so that what is fuzzed beside them reaches the verbs. */
let known: Record<string, unknown[]>;

beforeAll(async () => {
  product = await startProduct({ seed: 'none' });
  headers = {
    cookie: await sessionCookie(product),
    origin: product.url,
    'x-likeness-tenant': 'default',
    'content-type': 'application/json',
  };
  const rest = async (address: string, body?: object): Promise<Record<string, string>> => {
    const answer = await fetch(`${product.url}${address}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${product.apiKey}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return (await answer.json()) as Record<string, string>;
  };
  const catalog = await rest('/v1/catalogs', { name: 'shop' });
  const data = (await drawGood(COLOURS.red)).toString('base64');
  await rest('/v1/products:batch', { products: [{ product_id: 'red', images: [{ name: 'a.jpg', data }] }] });
  const build = await rest('/v1/catalogs/shop/builds', { promote: true });
  known = {
    catalog: ['shop', catalog.id, 'nothing'],
    jobId: [build.job_id, 'job_x'],
    name: ['fuzzed', ' ', 'x'.repeat(101)],
    indexVersionId: [build.index_version_id ?? 'idx_x', 'idx_x'],
    // Everybody who may be lowered or removed here is a stranger: the caller stays who they are.
    userId: ['usr_x', ''],
    productIds: [['red'], ['nothing'], []],
    email: ['fuzz@example.com', 'no address'],
  };
}, 240_000);
afterAll(() => product?.stop());

type Answer = { status: number; code: string };
async function call(name: string, type: string, text: string): Promise<Answer> {
  const address = `${product.url}/api/trpc/${name}`;
  const answer =
    type === 'query'
      ? await fetch(`${address}?input=${encodeURIComponent(text)}`, { headers })
      : await fetch(address, { method: 'POST', headers, body: text });
  return { status: answer.status, code: appCode(await answer.text()) };
}

/** The code of our table that an answer carries, of tRPC or of the route before it. */
function appCode(text: string): string {
  try {
    const body = JSON.parse(text) as { error?: { code?: string; data?: { app?: string }; json?: never } };
    const error = (Array.isArray(body) ? body[0] : body).error;
    return error?.json?.data?.app ?? error?.data?.app ?? error?.code ?? '';
  } catch {
    return 'no JSON';
  }
}
const documented = ({ status, code }: Answer): boolean =>
  status === 200 || (status >= 400 && status < 500 && code in ERRORS && ERRORS[code as ErrorCode].http < 500);

describe('the console’s inputs have bounds too (property 13)', () => {
  it('whatever is sent to any procedure, the answer is a documented one and never a fault', async () => {
    let calls = 0;
    for (const [name, { _def }] of procedures) {
      await fc.assert(
        fc.asyncProperty(
          fc.oneof({ weight: 5, arbitrary: near(_def.inputs[0], known) }, junk),
          async (input) => {
            const answer = await call(name, _def.type, JSON.stringify(superjson.serialize(input)));
            calls += 1;
            expect([name, answer, documented(answer)]).toEqual([name, answer, true]);
          },
        ),
        { numRuns: full ? 300 : 15, seed: 13 },
      );
    }
    figure(13, {
      figure: `${calls} fuzzed calls of ${procedures.length} procedures: 0 5xx, 0 undocumented answers`,
      limit: '0 5xx, 0 undocumented',
    });
  }, 600_000);

  it('broken envelopes, deep nesting, large bodies and large batches are typed 4xx', async () => {
    const deep = (levels: number): string => `{"json":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    const bodies: [string, string, number][] = [
      ['empty', '', 400],
      ['cut', '{"json":', 400],
      ['list', '[]', 400],
      ['null', 'null', 400],
      ['nested 41', deep(LIMITS.jsonDepthMax + 9), 400],
      ['nested 200,000', deep(200_000), 400],
      ['poisoned meta', '{"json":{},"meta":{"values":{"__proto__.x":["Date"]}}}', 400],
      ['bytes + 1', JSON.stringify({ json: { name: 'x'.repeat(LIMITS.trpcBytesMax) } }), 413],
    ];
    for (const [what, body, status] of bodies) {
      const answer = await call('goods.createCatalog', 'mutation', body);
      expect([what, answer.status, documented(answer)]).toEqual([what, status, true]);
    }
    for (const text of ['{', 'null', '[]', deep(2000)]) {
      const answer = await call('goods.job', 'query', text);
      expect([text.slice(0, 12), answer.status, documented(answer)]).toEqual([text.slice(0, 12), 400, true]);
    }
    const before = await catalogs();
    for (const count of [LIMITS.trpcBatchMax + 1, 500, 5000]) {
      const names = Array(count).fill('goods.createCatalog').join(',');
      const body = JSON.stringify(
        Object.fromEntries(Array.from({ length: count }, (_, i) => [i, { json: { name: `batch ${i}` } }])),
      );
      const answer = await fetch(`${product.url}/api/trpc/${names}?batch=1`, {
        method: 'POST',
        headers,
        body,
      });
      expect([count, answer.status >= 400 && answer.status < 500]).toEqual([count, true]);
    }
    expect(await catalogs()).toBe(before);
    figure(13, {
      figure: `${bodies.length + 4} broken or oversized inputs and batches of 21, 500 and 5,000 calls: all 4xx, 0 ran`,
      limit: '100 % 4xx',
    });
  }, 60_000);

  it('whatever form is sent to a console route, the answer is a documented one', async () => {
    const addresses = ['search', 'imports', 'evaluations', 'models'].map(
      (each) => `/api/console/default/${each}`,
    );
    const photo = await drawGood(COLOURS.red, 1);
    let calls = 0;
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('shop', '24', '{}', '0,0,1,1', '\0', 'a\0b'),
    );
    const form = fc.record({
      catalog: fc.option(part, { nil: undefined }),
      image: fc.option(fc.oneof(part, fc.constant(photo)), { nil: undefined }),
      images: fc.option(part, { nil: undefined }),
      table: fc.option(part, { nil: undefined }),
      queries: fc.option(part, { nil: undefined }),
      file: fc.option(part, { nil: undefined }),
      manifest: fc.option(part, { nil: undefined }),
      mapping: fc.option(part, { nil: undefined }),
      image_id: fc.option(part, { nil: undefined }),
      box: fc.option(part, { nil: undefined }),
      limit: fc.option(part, { nil: undefined }),
      files: fc.boolean(),
    });
    const { 'content-type': _json, ...plain } = headers;
    for (const address of addresses) {
      await fc.assert(
        fc.asyncProperty(form, async ({ files, ...fields }) => {
          const body = new FormData();
          for (const [name, value] of Object.entries(fields)) {
            if (value === undefined) continue;
            const isFile =
              typeof value !== 'string' || (files && !['catalog', 'box', 'limit'].includes(name));
            if (isFile) body.set(name, new Blob([value as string]), 'x.bin');
            else body.set(name, (value as string).toWellFormed());
          }
          const answer = await fetch(`${product.url}${address}`, { method: 'POST', headers: plain, body });
          const got = { status: answer.status, code: appCode(await answer.text()) };
          calls += 1;
          const fine = (answer.status >= 200 && answer.status < 300) || documented(got);
          expect([address, got, fine]).toEqual([address, got, true]);
        }),
        { numRuns: full ? 200 : 15, seed: 13 },
      );
      for (const [type, body] of [
        ['multipart/form-data', 'x'],
        ['application/json', '{'],
        ['text/plain', 'x'],
      ]) {
        const answer = await fetch(`${product.url}${address}`, {
          method: 'POST',
          headers: { ...plain, 'content-type': type as string },
          body: body as string,
        });
        const got = { status: answer.status, code: appCode(await answer.text()) };
        expect([address, type, got, documented(got)]).toEqual([address, type, got, true]);
      }
    }
    for (const address of ['jobs/x%00', 'jobs/%E0%A4', 'photos/x%00', 'photos/..%2f..', 'search']) {
      const answer = await fetch(`${product.url}/api/console/default/${address}`, { headers: plain });
      expect([address, answer.status >= 400 && answer.status < 500]).toEqual([address, true]);
    }
    const log = readFileSync(path.join(product.dataDir, 'logs/web.log'), 'utf8');
    expect(
      log.split('\n').filter((line) => /console request failed|could not be answered/.test(line)),
    ).toEqual([]);
    figure(13, { figure: `${calls} fuzzed forms of ${addresses.length} routes: 0 5xx`, limit: '0 5xx' });
  }, 600_000);

  it('no page fails for what stands in its address', async () => {
    const pages = readdirSync(path.join(root, 'apps/web/src/app/[tenant]'), {
      recursive: true,
      encoding: 'utf8',
    })
      .filter((file) => path.basename(file) === 'page.tsx')
      .map((file) => path.dirname(file));
    const words = [
      '%00',
      '%E0%A4',
      '%ED%A0%80',
      '..%2f..',
      '%27%20OR%201=1',
      `${'x'.repeat(3000)}`,
      '%F0%9F%91%97',
    ];
    let calls = 0;
    for (const page of pages) {
      for (const word of words) {
        const at = page.replace(/\[\w+\]/g, word);
        const names = ['catalog', 'q', 'product', 'import', 'after', 'index', 'evaluation'];
        const searches = [
          names.map((name) => `${name}=${word}`),
          names.flatMap((name) => [`${name}=shop`, `${name}=${word}`]),
        ];
        for (const search of searches) {
          const answer = await fetch(`${product.url}/default/${at}?${search.join('&')}`, {
            headers: { cookie: headers.cookie as string },
            redirect: 'manual',
          });
          await answer.arrayBuffer();
          calls += 1;
          expect([at.slice(0, 60), search[0]?.slice(0, 40), answer.status < 500]).toEqual([
            at.slice(0, 60),
            search[0]?.slice(0, 40),
            true,
          ]);
        }
      }
    }
    figure(13, { figure: `${calls} hostile addresses of ${pages.length} pages: 0 5xx`, limit: '0 5xx' });
  }, 120_000);
});

async function catalogs(): Promise<number> {
  const answer = await fetch(`${product.url}/v1/catalogs`, {
    headers: { authorization: `Bearer ${product.apiKey}` },
  });
  return ((await answer.json()) as { catalogs: unknown[] }).catalogs.length;
}
