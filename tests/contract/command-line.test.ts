import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { likeness, likenessJson } from '../support/command-line.ts';
import { type Product, startProduct } from '../support/product.ts';

type Search = {
  request_id: string;
  outcome: string;
  image: { id: string };
  objects: { box: number[]; selected: boolean; reason: Record<string, number> }[];
  results: {
    product_id: string;
    score: number;
    rank: number;
    matched_image: { url: string; box: number[] };
  }[];
  usage: Record<string, number>;
};

/** Pictures of one colour with a shape of another: easy to tell apart, honest to compute. */
async function drawGoods(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const goods = { red: '#c22525', green: '#1f8a3b', blue: '#1d4fb8', gold: '#c79a16', violet: '#7d2fa8' };
  for (const [name, fill] of Object.entries(goods)) {
    const shape = (dx: number): string =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><rect width="400" height="400" fill="#f4f2ee"/><ellipse cx="${200 + dx}" cy="205" rx="${90 + name.length * 6}" ry="70" fill="${fill}"/><rect x="${170 + dx}" y="110" width="60" height="60" fill="${fill}" stroke="#222" stroke-width="6"/></svg>`;
    await sharp(Buffer.from(shape(0)))
      .jpeg({ quality: 92 })
      .toFile(path.join(folder, `${name}.jpg`));
    await sharp(Buffer.from(shape(25)))
      .jpeg({ quality: 80 })
      .toFile(path.join(folder, `${name}-2.jpg`));
  }
}

describe('the command line, as an outsider uses it (contract §2)', () => {
  let product: Product;
  let folder: string;
  const run = <T>(...args: string[]): Promise<T> => likenessJson<T>(product.dataDir, args);

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-cli-'));
    await drawGoods(path.join(folder, 'images'));
    const rows = ['red', 'green', 'blue', 'gold', 'violet'].map(
      (name, i) => `${name},${name}.jpg|${name}-2.jpg,The ${name} one,things,${10 + i},${name}`,
    );
    writeFileSync(
      path.join(folder, 'catalog.csv'),
      `sku,pictures,name,category,price,colour\n${rows.join('\n')}\nbroken,missing.jpg,No picture,things,1,grey\n,none.jpg,No id,things,1,grey\n`,
    );
    writeFileSync(
      path.join(folder, 'queries.csv'),
      `image,product_id,groups\nred-2.jpg,red,warm\nblue-2.jpg,blue,cold\nnot-there.jpg,red,\n`,
    );
    product = await startProduct();
  }, 240_000);
  afterAll(async () => {
    await product?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('import maps columns, imports the rest and says why rows were refused', async () => {
    const result = await run<{
      products: number;
      images: number;
      rejected: { line: number; code: string }[];
    }>(
      'import',
      'shop',
      '--csv',
      path.join(folder, 'catalog.csv'),
      '--images',
      path.join(folder, 'images'),
      '--map',
      'product_id=sku,image=pictures,title=name,category=category,price=price,attr.colour=colour',
    );
    expect(result).toMatchObject({ products: 6, images: 10 });
    expect(result.rejected.map(({ line, code }) => [line, code]).sort()).toEqual([
      [7, 'image_not_found'],
      [8, 'product_id_missing'],
    ]);
  }, 120_000);

  it('importing again is an update: no product or picture twice', async () => {
    const result = await run(
      'import',
      'shop',
      '--csv',
      path.join(folder, 'catalog.csv'),
      '--images',
      path.join(folder, 'images'),
      '--map',
      'product_id=sku,image=pictures,title=name,attr.colour=colour',
    );
    expect(result).toMatchObject({ products: 6, images: 10 });
  }, 120_000);

  it('build, promote and search: a photo finds its product first, with distinct products and links that serve JPEG', async () => {
    const build = await run<{ index_version: string }>('build', 'shop');
    expect(build).toMatchObject({ products: 5, images: 10, failed: [] });
    expect(await run('promote', 'shop', '--index', build.index_version)).toMatchObject({
      live: build.index_version,
    });
    const found = await run<Search>(
      'search',
      'shop',
      '--image',
      path.join(folder, 'images/red-2.jpg'),
      '--limit',
      '5',
    );
    expect(found.outcome).toBe('found');
    expect(found.results[0]?.product_id).toBe('red');
    expect(found.results.map((hit) => hit.rank)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(found.results.map((hit) => hit.product_id)).size).toBe(5);
    for (const object of found.objects) {
      const { centre, score, area, total } = object.reason as Record<
        'centre' | 'score' | 'area' | 'total',
        number
      >;
      expect(total).toBeCloseTo(0.3 * centre + 0.5 * score + 0.2 * area, 9);
    }
    // Pictures have an origin of their own; nothing else is served there (property 27).
    const pictureUrl = new URL(found.results[0]?.matched_image.url ?? '');
    expect(pictureUrl.origin).not.toBe(new URL(product.url).origin);
    expect((await fetch(new URL('/sign-in', pictureUrl.origin))).status).toBe(404);
    const picture = await fetch(pictureUrl);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    const again = await run<Search>(
      'search',
      'shop',
      '--image-id',
      found.image.id,
      '--box',
      '0.2,0.2,0.9,0.8',
    );
    expect(again.outcome).toBe('found');
    const itself = await run<Search>('search', 'shop', '--product', 'gold', '--limit', '1');
    expect(itself.results[0]).toMatchObject({ product_id: 'gold' });
    expect(itself.results[0]?.score).toBeGreaterThanOrEqual(0.999);
  }, 120_000);

  it('evaluate answers the whole evaluation JSON and its details, and masks copies of the queries', async () => {
    const details = path.join(folder, 'details.jsonl');
    copyFileSync(path.join(folder, 'images/red-2.jpg'), path.join(folder, 'images/copy.jpg'));
    const evaluation = await run<Record<string, unknown>>(
      'evaluate',
      'shop',
      '--queries',
      path.join(folder, 'queries.csv'),
      '--images',
      path.join(folder, 'images'),
      '--details',
      details,
    );
    expect(evaluation).toMatchObject({
      catalog: 'shop',
      engine: 'embedded',
      crop: 'auto',
      queries: 3,
      self_removed: 2,
      failed: [{ image: 'not-there.jpg', code: 'image_not_found' }],
    });
    for (const key of ['all', 'class_mean'])
      expect(evaluation[key]).toMatchObject({
        mrr: expect.any(Number),
        ci95: { r1: [expect.any(Number), expect.any(Number)], r5: expect.any(Array) },
      });
    expect((evaluation.all as { cmc: number[] }).cmc).toHaveLength(50);
    expect((evaluation.all as { n: number }).n).toBe(3);
    expect(evaluation).toMatchObject({
      groups: { warm: { n: 1 }, cold: { n: 1 } },
      categories: { things: { n: 3, cmc: expect.any(Array) } },
    });
    const lines = readFileSync(details, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { image: string; rank: number | null });
    expect(lines.map((line) => line.image)).toEqual(['red-2.jpg', 'blue-2.jpg', 'not-there.jpg']);
    expect(lines[2]?.rank).toBeNull();
  }, 120_000);

  it('usage counts billable searches only, straight from the ledger', async () => {
    expect(await run('usage')).toMatchObject({ meters: { search: 3, detect: 0 } });
  });

  it('roll back returns to the version before; without one it is a typed error', async () => {
    const none = await likeness(product.dataDir, ['rollback', 'shop']);
    expect(none.code).toBe(1);
    expect(none.json).toMatchObject({
      error: { code: 'nothing_to_roll_back', request_id: expect.any(String) },
    });
    const second = await run<{ index_version: string }>('build', 'shop', '--detect', 'none', '--promote');
    const back = await run<{ live: string; previous: string }>('rollback', 'shop');
    expect(back.previous).toBe(second.index_version);
  }, 120_000);

  it('tenants are apart: a name, a catalogue of the same name, and nothing of the other', async () => {
    const made = await run<{ tenant_id: string }>('tenant', 'create', 'other');
    expect(made.tenant_id).toMatch(/^ten_/);
    const key = await run<{ api_key: string }>(
      'key',
      'create',
      '--scopes',
      'search:run',
      '--tenant',
      'other',
    );
    const env = { LIKENESS_URL: product.url, LIKENESS_API_KEY: key.api_key };
    const foreign = await likeness(
      product.dataDir,
      ['search', 'shop', '--image', path.join(folder, 'images/red.jpg')],
      env,
    );
    expect(foreign.json).toMatchObject({ error: { code: 'not_found' } });
    const scope = await likeness(product.dataDir, ['usage'], env);
    expect(scope.json).toMatchObject({ error: { code: 'insufficient_scope' } });
    const refused = await likeness(product.dataDir, ['usage', '--tenant', 'other'], env);
    expect(refused.code).toBe(2);
  }, 60_000);

  it('an engine that is not configured, an unknown model and wrong usage have their own answers', async () => {
    expect((await likeness(product.dataDir, ['build', 'shop', '--engine', 'opensearch'])).json).toMatchObject(
      { error: { code: 'engine_not_configured' } },
    );
    expect((await likeness(product.dataDir, ['build', 'shop', '--embed', 'nope'])).json).toMatchObject({
      error: { code: 'not_found' },
    });
    expect((await likeness(product.dataDir, ['search', 'shop'])).code).toBe(2);
    const queries = path.join(folder, 'queries.csv');
    const wrong = [
      ['frobnicate'],
      ['import', 'shop', '--csv', '/no/such/file.csv'],
      ['search', 'shop'],
      ['search', 'shop', '--product', 'red', '--limit', 'abc'],
      ['search', 'shop', '--product', 'red', '--box', '0,0,1,'],
      ['key', 'create', '--scopes', 'search:run,fly'],
      ['evaluate', 'shop', '--queries', queries, '--details', '/no/such/folder/out.jsonl'],
    ];
    for (const args of wrong) {
      const { code, json } = await likeness(product.dataDir, args);
      expect([args, code, json]).toMatchObject([args, 2, { error: { code: 'usage' } }]);
    }
  }, 60_000);

  it('JSON lines need not have every field in every line', async () => {
    const file = path.join(folder, 'goods.jsonl');
    const lines = [
      { sku: 'j1', colour: 'red', cost: '12.50' },
      { sku: 'j2' },
      { colour: 'blue' },
      { sku: 'j3', photo: 'nowhere.jpg' },
    ];
    writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\nno json\n`);
    const map = 'product_id=sku,image=photo,price=cost,attr.colour=colour';
    const answer = await run<{ products: number; rejected: { line: number; code: string }[] }>(
      'import',
      'json-lines',
      '--csv',
      file,
      '--map',
      map,
    );
    expect(answer.rejected.map(({ line, code }) => [line, code])).toEqual([
      [3, 'product_id_missing'],
      [4, 'image_not_found'],
      [5, 'row_broken'],
    ]);
    expect(answer.products).toBeGreaterThanOrEqual(2);
  }, 60_000);

  it('catalog delete takes a catalog away, and an import that can read nothing leaves none behind', async () => {
    expect(await run('catalog', 'delete', 'json-lines')).toMatchObject({ images: 0 });
    const again = await likeness(product.dataDir, ['catalog', 'delete', 'json-lines']);
    expect([again.code, again.json]).toMatchObject([1, { error: { code: 'not_found' } }]);
    const table = path.join(folder, 'catalog.csv');
    const typo = await likeness(product.dataDir, [
      'import',
      'typo',
      '--csv',
      table,
      '--map',
      'product_id=no',
    ]);
    expect(typo.json).toMatchObject({ error: { code: 'invalid_csv' } });
    expect((await likeness(product.dataDir, ['catalog', 'delete', 'typo'])).json).toMatchObject({
      error: { code: 'not_found' },
    });
  }, 60_000);

  it('--no-wait answers a job id that job can follow', async () => {
    const { job_id: jobId } = await run<{ job_id: string }>('build', 'shop', '--no-wait');
    expect(await run('job', jobId)).toMatchObject({
      state: expect.any(String),
      progress: { done: expect.any(Number), total: expect.any(Number) },
    });
  }, 60_000);
});
