import { mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { zipFolder } from '@likeness/cli/zip-folder';
import type { EmbedManifest } from '@likeness/contracts/model-manifest';
import { resolveIndexVersion } from '@likeness/core/index-version/resolve-index';
import { startBuild } from '@likeness/core/index-version/start-build';
import { syncProducts } from '@likeness/core/product/sync-products';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLOURS, drawGood } from '../support/drawn-goods.ts';
import { openRestTenant, type RestTenant } from '../support/rest-client.ts';
import { handlers, openSmallShop } from '../support/small-shop.ts';

let { stack, rest, ctx, key, call } = {} as RestTenant;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-reimport-'));
  ({ stack, rest, ctx, key, call } = await openRestTenant('returning'));
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await stack?.stop();
});

type Imported = {
  products: number;
  images: number;
  rejected: { line?: number; file?: string; code: string }[];
};
type Send = { table?: string; pictures?: Record<string, Buffer>; folders?: 'exact' };

async function importInto(catalog: string, { table, pictures, folders }: Send): Promise<Imported> {
  const form = new FormData();
  if (table) form.set('table', new Blob([table]), 'goods.csv');
  if (folders) form.set('folders', folders);
  if (pictures) {
    const dir = mkdtempSync(path.join(folder, 'zip-'));
    for (const [name, bytes] of Object.entries(pictures)) {
      await mkdir(path.dirname(path.join(dir, name)), { recursive: true });
      await writeFile(path.join(dir, name), bytes);
    }
    const { file } = await zipFolder(dir);
    form.set('images', await openAsBlob(file), 'images.zip');
  }
  expect((await rest.call('POST', `/v1/catalogs/${catalog}/imports`, { key, form })).status).toBe(202);
  return (await stack.work(ctx, handlers)) as Imported;
}

const picturesOf = async (catalog: string, productId: string): Promise<string[]> => {
  const rows = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
    tx.image.findMany({
      where: { product: { externalId: productId, catalog: { name: catalog } } },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
    }),
  );
  return rows.map((row) => row.sourceName);
};

type Answer = { results: { product_id: string; score: number; attributes: Record<string, unknown> }[] };
async function search(
  catalog: string,
  colour: keyof typeof COLOURS,
  filter?: object,
): Promise<Answer['results']> {
  const image = (await drawGood(COLOURS[colour], 1)).toString('base64');
  const answer = await call('POST', '/v1/search', {
    image,
    catalog,
    crop: 'none',
    ...(filter ? { filter } : {}),
  });
  expect(answer.status).toBe(200);
  return (answer.body as Answer).results;
}

describe('importing into a catalog that is live', () => {
  it('changed goods and new ones are found at once, by what they are now; what is replaced is found no more', async () => {
    await openSmallShop(stack, ctx, 'live');
    const table = 'product_id,price,attr.colour,image\nred,77,crimson,red.jpg\nnewcomer,5,black,new.jpg\n';
    const black = await drawGood('#101010');
    const result = await importInto('live', { table, pictures: { 'new.jpg': black } });
    expect(result).toMatchObject({ products: 2, images: 2, rejected: [] });

    const dear = await search('live', 'red', { price: 77 });
    expect(dear.map((each) => each.product_id)).toEqual(['red']);
    expect(dear[0]?.attributes).toMatchObject({ colour: 'crimson' });
    expect(await search('live', 'red', { price: 10 })).toEqual([]);
    expect((await search('live', 'red')).map((each) => each.product_id)).toContain('newcomer');
    expect(await picturesOf('live', 'red')).toEqual(['red.jpg']);
  });

  it('a build that has passed a product keeps it when the product is written meanwhile', async () => {
    const { catalogId } = await openSmallShop(stack, ctx, 'rebuilt');
    const { indexVersionId } = await startBuild(ctx, { catalog: catalogId, promote: false });
    const { collection, embedModel } = await resolveIndexVersion(ctx, { catalogId, indexVersionId });
    const product = await ctx.deps.db.tenant(ctx.tenantId, (tx) =>
      tx.product.findFirstOrThrow({ where: { catalogId, externalId: 'red' } }),
    );
    await ctx.deps.engine.create(collection, (embedModel.manifest as EmbedManifest).output.dims);
    await syncProducts(ctx, { catalogId, productIds: [product.id], lane: 'bulk' });
    expect(await ctx.deps.engine.stats(collection)).toMatchObject({ products: 1, points: 2 });
    await stack.work(ctx, handlers);
    expect(await ctx.deps.engine.stats(collection)).toMatchObject({ products: 6, points: 12 });
  });
});

describe('importing the same goods again', () => {
  const table = 'product_id,title,image\na,A,shots/a.jpg|b.jpg\nb,B,b.jpg\n';

  it('needs the pictures only once, and takes one away that a row names no more', async () => {
    const pictures = { 'shots/a.jpg': await drawGood(COLOURS.red), 'b.jpg': await drawGood(COLOURS.blue) };
    expect(await importInto('again', { table, pictures })).toMatchObject({ images: 3, rejected: [] });
    expect(await importInto('again', { table })).toMatchObject({ images: 3, rejected: [] });
    expect(await picturesOf('again', 'a')).toEqual(['shots/a.jpg', 'b.jpg']);
    await importInto('again', { table: 'product_id,image\na,b.jpg|a.jpg\n' });
    expect(await picturesOf('again', 'a')).toEqual(['b.jpg', 'shots/a.jpg']);
    await importInto('again', { table: 'product_id,image\na,b.jpg\n' });
    expect(await picturesOf('again', 'a')).toEqual(['b.jpg']);
  });

  it('keeps what a product has where one of the named pictures is missing', async () => {
    const result = await importInto('again', { table: 'product_id,image\nb,b.jpg|gone.jpg\nb,\n' });
    expect(result.rejected).toMatchObject([{ line: 2, file: 'gone.jpg', code: 'image_not_found' }]);
    await importInto('again', { table: 'product_id,image\nb,gone.jpg\n' });
    expect(await picturesOf('again', 'b')).toEqual(['b.jpg']);
  });
});

describe('rows of one product far apart', () => {
  it('are one product as if they stood together: the first text, all attributes, pictures in their order', async () => {
    const between = Array.from({ length: 1100 }, (_, i) => `x${i},,,`).join('\n');
    const pictures = Object.fromEntries(
      await Promise.all(
        ['1.jpg', '2.jpg', '3.jpg'].map(async (name, i) => [
          name,
          await drawGood(Object.values(COLOURS)[i] ?? COLOURS.red),
        ]),
      ),
    );
    const table = `product_id,title,image,attr.tone\np,First,1.jpg,red\n${between}\np,Second,2.jpg|3.jpg,green\n`;
    await importInto('apart', { table, pictures });
    expect((await call('GET', '/v1/products/p?catalog=apart')).body).toMatchObject({
      title: 'First',
      attributes: { tone: 'red' },
    });
    expect(await picturesOf('apart', 'p')).toEqual(['1.jpg', '2.jpg', '3.jpg']);
  }, 60_000);
});

describe('a folder without a table', () => {
  it('sent as the folder that it is, its only sub-folder is a product; in a ZIP that folder is a wrapper', async () => {
    const pictures = {
      'P1/front/1.jpg': await drawGood(COLOURS.red),
      'P1/back/2.jpg': await drawGood(COLOURS.blue),
    };
    expect(await importInto('exact', { pictures, folders: 'exact' })).toMatchObject({
      products: 1,
      images: 2,
    });
    expect(await picturesOf('exact', 'P1')).toHaveLength(2);
    expect(await importInto('wrapped', { pictures })).toMatchObject({ products: 2, images: 2 });
  });
});
