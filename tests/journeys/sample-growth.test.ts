import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Growth } from '../../scripts/launch/growth.ts';
import type { Rest } from '../../scripts/launch/rest.ts';
import type { SampleFiles } from '../../scripts/launch/sample-files.ts';
import { growSample, seedSample } from '../../scripts/launch/seed-sample.ts';

/** What the launcher sees of a product: one catalogue, jobs that are done at once, names that are taken. */
class Shop {
  exists = false;
  live: string | null = null;
  versions: string[] = [];
  readonly names = new Set<string>();
  readonly calls: string[] = [];
  /** Paths that answer 500 the next time. */
  readonly broken = new Set<string>();
  #jobs = new Map<string, unknown>();

  answer(method: string, url: string, body: string): { status: number; json: unknown } {
    const step = url.split('/').at(-1) ?? '';
    if (method === 'POST') this.calls.push(step);
    if (this.broken.delete(step)) return { status: 500, json: { error: { code: 'internal' } } };
    if (url === '/v1/catalogs')
      return { status: 200, json: { catalogs: this.exists ? [{ name: 'sample', live: this.live }] : [] } };
    if (step === 'indexes') return { status: 200, json: { indexes: this.versions.map((id) => ({ id })) } };
    if (step === 'promote') {
      this.live = JSON.parse(body).index_version;
      return { status: 200, json: {} };
    }
    if (url.startsWith('/v1/jobs/'))
      return { status: 200, json: { state: 'done', result: this.#jobs.get(step) } };
    if (step === 'imports') this.exists = true;
    if (step === 'builds') return this.#started({ index_version: this.build(JSON.parse(body).promote) });
    if (step === 'evaluations') {
      const name = /name="name"\r\n\r\n(.*)\r\n/.exec(body)?.[1] ?? '';
      if (this.names.has(name)) return { status: 409, json: { error: { code: 'conflict' } } };
      this.names.add(name);
    }
    return this.#started({});
  }

  build(promote: boolean): string {
    const id = `idx_${this.versions.length + 1}`;
    this.versions.unshift(id);
    if (promote) this.live = id;
    return id;
  }

  #started(result: unknown): { status: number; json: unknown } {
    const id = `job_${this.#jobs.size}`;
    this.#jobs.set(id, result);
    return { status: 202, json: { job_id: id } };
  }
}

describe('the sample catalogue grows in the background', () => {
  let folder: string;
  let files: SampleFiles;
  let shop: Shop;
  let server: Server;
  let rest: Rest;
  let rendered: number;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-growth-'));
    const images = path.join(folder, 'images');
    mkdirSync(images);
    writeFileSync(path.join(images, 'a.jpg'), 'x');
    writeFileSync(path.join(folder, 'catalog.csv'), 'product_id,image\n1,a.jpg\n');
    writeFileSync(path.join(folder, 'queries.csv'), 'image,product_id\na.jpg,1\n');
    files = {
      folder,
      images,
      catalogCsv: path.join(folder, 'catalog.csv'),
      queriesCsv: path.join(folder, 'queries.csv'),
      queries: [],
    };
    shop = new Shop();
    rendered = 0;
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('latin1');
        const { status, json } = shop.answer(request.method ?? '', request.url ?? '', body);
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const address = server.address();
    rest = {
      url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
      operatorToken: 'lko_test',
      tenantId: 'tnt_test',
    };
  });
  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  const first = async (): Promise<SampleFiles> => files;
  const render = async (): Promise<void> => {
    rendered += 1;
  };
  const start = async (between: () => void = () => {}): Promise<void> => {
    const growth = Growth.open(folder, 'ten_1');
    await seedSample(rest, growth, { first });
    between();
    await growSample(rest, growth, { first, grown: files, render });
  };

  it('once, and each step once, however often the copy starts', async () => {
    await start();
    expect([shop.live, rendered]).toEqual(['idx_2', 1]);
    const calls = shop.calls.length;
    await start();
    expect([shop.calls.length, rendered]).toEqual([calls, 1]);
  });

  it('under the next free name where a person took its own', async () => {
    shop.names.add('Street photos');
    await start();
    expect([...shop.names]).toEqual(['Street photos', 'First street photos', 'Street photos 2']);
  });

  it('goes on at the next start where it stopped', async () => {
    await start(() => shop.broken.add('promote'));
    expect(shop.live).toBe('idx_1');
    await start();
    expect([shop.live, rendered, shop.calls.filter((call) => call === 'builds').length]).toEqual([
      'idx_2',
      1,
      2,
    ]);
  });

  it('leaves its version beside the live one where somebody built or promoted meanwhile', async () => {
    await start(() => shop.build(true));
    expect([shop.live, shop.versions]).toEqual(['idx_2', ['idx_3', 'idx_2', 'idx_1']]);
    expect(shop.calls).not.toContain('promote');
  });

  it('does not bring back a sample that somebody deleted', async () => {
    const remove = (): void => {
      shop.exists = false;
      shop.live = null;
    };
    await start(remove);
    await start();
    expect([shop.exists, shop.calls.filter((call) => call === 'imports').length]).toEqual([false, 1]);
  });
});
