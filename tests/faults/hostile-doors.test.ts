import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pidOf } from '../support/beside-product.ts';
import { likenessJson } from '../support/command-line.ts';
import { COLOURS, drawGood } from '../support/drawn-goods.ts';
import { figure, full } from '../support/figure.ts';
import { hostileFiles } from '../support/hostile-files.ts';
import { openShopOverRest, send, sendJson } from '../support/open-shop-over-rest.ts';
import { type Product, startProduct } from '../support/product.ts';
import { hasShared, shared } from '../support/shared-data.ts';

let product: Product;
let folder: string;
let bait: Server;
let baitUrl: string;
let taken = 0;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-hostile-'));
  bait = createServer((_request, response) => {
    taken += 1;
    response.end();
  });
  await new Promise<void>((resolve) => bait.listen(0, '127.0.0.1', () => resolve()));
  const address = bait.address();
  baitUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  product = await startProduct({ seed: 'none' });
  await openShopOverRest(product);
}, 240_000);
afterAll(async () => {
  bait?.close();
  rmSync(folder, { recursive: true, force: true });
  await product?.stop();
});

/** Largest memory that a child of the inference process has had, in MB, looked at while `work` runs. */
async function watchingChildren<T>(work: Promise<T>): Promise<{ result: T; peakMb: number; died: boolean }> {
  const pid = pidOf(product, 'inference');
  let [peakMb, running] = [0, true];
  const watch = (async () => {
    for (; running; await sleep(40)) peakMb = Math.max(peakMb, ...childrenOf(pid).map(peakOf));
  })();
  const result = await work.finally(() => {
    running = false;
  });
  await watch;
  return { result, peakMb, died: pidOf(product, 'inference') !== pid };
}
function childrenOf(pid: number): number[] {
  const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return listed ? listed.split(' ').map(Number) : [];
}
function peakOf(pid: number): number {
  try {
    const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(line?.[1] ?? 0) / 1024;
  } catch {
    return 0; // it has ended
  }
}

type Imported = { images: number; rejected: { file?: string; code: string }[]; seconds: number };

describe('hostile pictures through every door (property 26)', () => {
  it.skipIf(!hasShared)(
    'an import takes and refuses each of them as the manifest says (needs ../shared)',
    async () => {
      const files = hostileFiles();
      const csv = path.join(folder, 'hostile.csv');
      const lines = files.map(({ file }, i) => `h${i},"${file}"`);
      writeFileSync(csv, `product_id,image\n${lines.join('\n')}\n`);
      const { result, peakMb, died } = await watchingChildren(
        likenessJson<Imported>(product.dataDir, [
          ...['import', 'hostile', '--csv', csv, '--images', shared('data/hostile')],
        ]),
      );
      const refused = new Map(result.rejected.map(({ file, code }) => [file ?? '', code]));
      const wrong = files.filter(({ file, expected }) =>
        expected === 'accept' ? refused.has(file) : expected === 'reject' && !refused.has(file),
      );
      figure(26, {
        figure: `import: ${files.length} files, ${result.images} taken, ${refused.size} refused by name, ${wrong.length} against the manifest, ${result.seconds.toFixed(0)} s; largest decoder ${Math.round(peakMb)} MB`,
        limit: '0 against the manifest, 1 GB',
      });
      expect(wrong.map(({ file }) => `${file}: ${refused.get(file) ?? 'taken'}`)).toEqual([]);
      expect(result.rejected.filter(({ code }) => code === 'internal')).toEqual([]);
      expect([result.images + refused.size, peakMb > 0, peakMb < 1024, died]).toEqual([
        files.length,
        true,
        true,
        false,
      ]);
    },
    300_000,
  );

  it.skipIf(!hasShared)(
    'a product with one of them is stored or refused as the manifest says, in 5 s (needs ../shared)',
    async () => {
      const files = hostileFiles().filter((_, i) => full || i % 12 === 0);
      const wrong: string[] = [];
      let slowest = 0;
      for (const [i, { file, expected, bytes }] of files.entries()) {
        const data = bytes().toString('base64');
        const body = {
          catalog: 'shop',
          products: [{ product_id: `h${i}`, images: [{ name: 'x.jpg', data }] }],
        };
        const began = performance.now();
        let answer = await send(product, '/v1/products:batch', { body });
        for (; answer.status === 429; answer = await send(product, '/v1/products:batch', { body }))
          await sleep(300);
        slowest = Math.max(slowest, performance.now() - began);
        const text = await answer.text();
        // A batch says of each product whether it was taken.
        const refused = answer.status >= 400 || /"(error|rejected)":[{[]+[{"]/.test(text);
        if (answer.status >= 500 || (expected !== 'either' && refused !== (expected === 'reject')))
          wrong.push(`${file}: ${answer.status} ${text.slice(0, 200)}`);
      }
      figure(26, {
        figure: `product API: ${files.length} files, ${wrong.length} against the manifest, slowest ${Math.round(slowest)} ms`,
        limit: '0 5xx, 5 s',
      });
      expect(wrong).toEqual([]);
      expect(slowest).toBeLessThan(5000);
    },
    300_000,
  );

  it('fetches no link and shows no file: what names one is no picture', async () => {
    const secret = path.join(folder, 'secret.txt');
    writeFileSync(secret, 'the content of a file');
    const texts = [
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image width="9" height="9" xlink:href="${baitUrl}/a.png"/></svg>`,
      `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file://${secret}">]><svg xmlns="http://www.w3.org/2000/svg"><text>&y;</text></svg>`,
      `push graphic-context\nviewbox 0 0 9 9\nimage over 0,0 0,0 '${baitUrl}/b.png'\npop graphic-context`,
      `<svg xmlns="http://www.w3.org/2000/svg"><style>@import url(${baitUrl}/c.css)</style></svg>`,
      `%!PS\n(${secret}) (r) file`,
      baitUrl,
      secret,
      `data:image/svg+xml,<svg href="${baitUrl}"/>`,
    ];
    for (const text of texts) {
      const image = Buffer.from(text).toString('base64');
      const images = [{ name: 'x.png', data: image }];
      const answers = [
        await send(product, '/v1/search', { body: { image, catalog: 'shop' } }),
        await send(product, '/v1/search', { body: { image: text, catalog: 'shop' } }),
        await send(product, '/v1/products/bait?catalog=shop', {
          method: 'PUT',
          body: { title: 'bait', images },
        }),
      ];
      for (const answer of answers) {
        const said = await answer.text();
        expect([text, answer.status < 500, said.includes('the content of')]).toEqual([text, true, false]);
      }
      expect([text, answers[0]?.status, answers[2]?.status]).toEqual([text, 415, 415]);
    }
    figure(26, {
      figure: `${texts.length * 3} pictures that name links and files: ${taken} links fetched, 0 contents shown`,
      limit: '0 fetched, 0 shown',
    });
    expect(taken).toBe(0);
  }, 60_000);
});

describe('what is shown of a picture (property 27)', () => {
  it('is our own JPEG without a byte of metadata, sandboxed and never sniffed', async () => {
    const thumbnail = await sharp(await drawGood(COLOURS.gold))
      .resize(64)
      .jpeg()
      .toBuffer();
    const original = Buffer.concat([
      await sharp(await drawGood(COLOURS.red, 3))
        .jpeg()
        .withExif({
          IFD0: {
            Copyright: 'secret-owner',
            Artist: 'secret-artist',
            ImageDescription: thumbnail.toString('latin1'),
          },
          IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100' },
        })
        .toBuffer(),
      Buffer.from('<html><script>alert(1)</script></html>'),
    ]);
    expect(original.includes('secret-owner')).toBe(true);
    const put = await send(product, '/v1/products/private?catalog=shop', {
      method: 'PUT',
      body: { title: 'private', images: [{ name: 'private.jpg', data: original.toString('base64') }] },
    });
    expect(put.status).toBe(200);
    type Found = { results: { product_id: string; matched_image: { url: string } }[] };
    const found = await sendJson<Found>(product, '/v1/search', {
      image: original.toString('base64'),
      limit: 100,
      catalog: 'shop',
    });
    const url = found.results.find((hit) => hit.product_id === 'private')?.matched_image.url ?? '';
    const answer = await fetch(new URL(url, product.url));
    const shown = Buffer.from(await answer.arrayBuffer());
    const { exif, icc, xmp, iptc, format } = await sharp(shown).metadata();
    const needles = ['secret-owner', 'secret-artist', 'GPS', 'Exif', '<script>', '<html>', 'http://ns.adobe'];
    const kept = needles.filter((needle) => shown.includes(needle));
    expect([exif, icc, xmp, iptc, format, kept]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      'jpeg',
      [],
    ]);
    expect([
      answer.status,
      answer.headers.get('content-type'),
      answer.headers.get('x-content-type-options'),
    ]).toEqual([200, 'image/jpeg', 'nosniff']);
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    expect(answer.headers.get('cache-control')).toContain('private');
    figure(27, {
      figure: `served picture: ${kept.length} of ${needles.length} traces of metadata or markup; nosniff, sandbox, private`,
      limit: '0 metadata bytes',
    });
  }, 60_000);
});
