import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { specOf } from '../catalog/product-spec.ts';
import { isTestFamily } from './split.ts';
import { type SampleCounts, writeSample } from './write-sample.ts';

const sample = { products: 8, seed: 9, size: 96, catalogViews: 3, streetPhotos: 2, shoppers: 30 };
type Row = Record<string, string>;

let folder: string;
let counts: SampleCounts;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'likeness-sample-'));
  counts = await writeSample({ ...sample, out: folder, preview: true });
}, 240_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const text = (name: string): Promise<string> => readFile(path.join(folder, name), 'utf8');
const rows = async (name: string): Promise<Row[]> => parse(await text(name), { columns: true });
const headerOf = async (name: string): Promise<string> => (await text(name)).split('\n')[0] as string;
const lines = async <T>(name: string): Promise<T[]> =>
  (await text(name))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
const hasImage = (name: string): boolean => existsSync(path.join(folder, 'images', name));
const familyOf = (productId: string): number => specOf(9, Number(productId.split('-')[2]) - 1).family;

describe('a written sample', () => {
  it('counts what it wrote', async () => {
    expect(counts).toMatchObject({ products: 8, pictures: 24, street: 16, searches: 180 });
    expect(counts.events).toBe((await rows('events.csv')).length);
    expect(JSON.parse(await text('sample.json'))).toMatchObject({ complete: true, products: 8 });
  });

  it('has the catalogue of the contract: every product, every picture once, each under its variant', async () => {
    expect(await headerOf('catalog.csv')).toBe(
      'product_id,variant_id,image,title,description,category,price,attr.brand,attr.colour,attr.second_colour,attr.pattern,attr.kind,attr.style,attr.detail,attr.title_zh',
    );
    const catalog = await rows('catalog.csv');
    expect(new Set(catalog.map((row) => row.product_id)).size).toBe(8);
    const images = catalog.flatMap((row) => row.image!.split('|'));
    expect(new Set(images).size).toBe(24);
    expect(images.filter((name) => !hasImage(name))).toEqual([]);
    for (const { product_id, variant_id, image, price, title } of catalog) {
      const colour = variant_id!.slice(product_id!.length + 1);
      expect(image!.split('|').every((name) => name.startsWith(`${product_id}/${colour}-`))).toBe(true);
      expect(Number(price)).toBeGreaterThan(0);
      expect(title).not.toBe('');
    }
    const variants = await rows('variants.csv');
    expect(catalog.length).toBeGreaterThan(8);
    for (const row of catalog) {
      const { colour } = variants.find((each) => each.variant_id === row.variant_id)!;
      expect(row['attr.colour']).toBe(colour);
      if (row.category === 'Groceries') continue;
      expect(row.title).toContain(` ${colour}`);
      expect(row.description).toContain(`in ${colour}`);
    }
  });

  it('tells the colours of every variant', async () => {
    expect(await headerOf('variants.csv')).toBe(
      'variant_id,product_id,image,colour,colour_zh,second_colour,accent_colour',
    );
    const variants = await rows('variants.csv');
    expect(variants.map((row) => row.variant_id)).toEqual(
      Array.from({ length: 8 }, (_, i) => specOf(9, i).variants.map((each) => each.variantId)).flat(),
    );
    const catalog = await rows('catalog.csv');
    for (const { variant_id, image } of catalog)
      expect(variants.find((row) => row.variant_id === variant_id)?.image).toBe(image);
  });

  it('splits street photos by family', async () => {
    for (const [name, tests] of [
      ['queries.csv', true],
      ['train.csv', false],
    ] as const) {
      expect(await headerOf(name)).toBe('image,product_id,variant_id,groups,x1,y1,x2,y2');
      const photos = await rows(name);
      expect(photos.length).toBeGreaterThan(3);
      for (const { image, product_id, variant_id, groups, x1, y1, x2, y2 } of photos) {
        expect(hasImage(image!)).toBe(true);
        expect(isTestFamily(familyOf(image!.split('/')[1]!))).toBe(tests);
        if (groups === 'none') expect([product_id, variant_id, x1].join('')).toBe('');
        else {
          expect(image).toContain(product_id);
          expect(variant_id!.startsWith(product_id!)).toBe(true);
          expect(Number(x1) >= 0 && Number(x1) < Number(x2) && Number(x2) <= 1).toBe(true);
          expect(Number(y1) >= 0 && Number(y1) < Number(y2) && Number(y2) <= 1).toBe(true);
        }
      }
    }
  });

  it('knows every box of every street photo', async () => {
    type Truth = {
      image: string;
      width: number;
      height: number;
      split: string;
      objects: { product_id: string; kind: string; family: number; wanted: boolean; box: number[] }[];
    };
    const truth = await lines<Truth>('truth.jsonl');
    expect(truth).toHaveLength(16);
    const photos = [...(await rows('queries.csv')), ...(await rows('train.csv'))];
    for (const { image, width, height, objects } of truth) {
      const meta = await sharp(path.join(folder, 'images', image)).metadata();
      expect([meta.width, meta.height]).toEqual([width, height]);
      const wanted = objects.filter((each) => each.wanted);
      const photo = photos.find((row) => row.image === image)!;
      expect(wanted.map((each) => each.product_id).join('')).toBe(photo.product_id);
      expect(wanted.flatMap((each) => each.box)).toEqual(
        photo.product_id ? [photo.x1, photo.y1, photo.x2, photo.y2].map(Number) : [],
      );
      for (const { product_id, family, kind } of objects)
        expect([family, kind]).toEqual([
          familyOf(product_id),
          specOf(9, Number(product_id.split('-')[2]) - 1).kind,
        ]);
    }
  });

  it('has the events of the contract, impressions for each, and pictures that exist', async () => {
    expect(await headerOf('events.csv')).toBe('time,request_id,type,product_id,position');
    const shown = await rows('impressions.csv');
    const places = new Set(shown.map((row) => `${row.request_id} ${row.position} ${row.product_id}`));
    expect(places.size).toBe(shown.length);
    expect(shown.filter((row) => !hasImage(row.image!))).toEqual([]);
    const events = await rows('events.csv');
    expect(
      events.filter((row) => !places.has(`${row.request_id} ${row.position} ${row.product_id}`)),
    ).toEqual([]);
    expect(new Set(events.map((row) => row.type))).toEqual(
      new Set(['view', 'click', 'cart', 'purchase', 'not_same']),
    );
    expect(events.every((row) => new Date(row.time!).toISOString() === row.time)).toBe(true);
    const truth = await lines<{ request_id: string }>('shopper-truth.jsonl');
    expect(new Set(truth.map((each) => each.request_id))).toEqual(
      new Set(shown.map((row) => row.request_id)),
    );
    expect(await lines('shopper-tastes.jsonl')).toHaveLength(30);
  });

  it('shows itself on contact sheets', async () => {
    const sheets = await readdir(path.join(folder, 'preview'));
    expect(sheets).toContain('catalog-01.jpg');
    expect(sheets).toContain('families.jpg');
    expect(sheets.filter((name) => name.startsWith('street-')).length).toBeGreaterThan(3);
    const { width = 0, height = 0 } = await sharp(path.join(folder, 'preview/catalog-01.jpg')).metadata();
    expect(Math.min(width, height)).toBeGreaterThan(300);
  });
});
