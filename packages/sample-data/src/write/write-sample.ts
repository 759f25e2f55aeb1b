import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ATTRIBUTES } from '../catalog/product-text.ts';
import { generateSample, type SampleOptions, type SampleProduct, type SampleStreet } from '../generate.ts';

export type WriteOptions = SampleOptions & {
  out: string;
  onProgress?: (done: number, total: number) => void;
};

const cell = (value: string | number): string =>
  /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
const row = (cells: readonly (string | number)[]): string => `${cells.map(cell).join(',')}\n`;

/** Writes `catalog.csv`, `queries.csv`, `train.csv` and `images/` as the contract says; half of the street photos train. */
export async function writeSample(
  options: WriteOptions,
): Promise<{ products: number; pictures: number; street: number }> {
  await mkdir(path.join(options.out, 'images/street'), { recursive: true });
  const file = (name: string) => createWriteStream(path.join(options.out, name));
  const [catalog, queries, train] = [file('catalog.csv'), file('queries.csv'), file('train.csv')];
  catalog.write(
    row([
      'product_id',
      'variant_id',
      'image',
      'title',
      'description',
      'category',
      'price',
      ...ATTRIBUTES.map((name) => `attr.${name}`),
    ]),
  );
  for (const table of [queries, train]) table.write('image,product_id,groups,x1,y1,x2,y2\n');
  const counts = { products: 0, pictures: 0, street: 0 };
  for await (const product of generateSample(options)) {
    catalog.write(catalogRow(product));
    await writePictures(options.out, product);
    for (const photo of product.street)
      (product.spec.index % 2 === 0 ? queries : train).write(queryRow(photo));
    counts.products += 1;
    counts.pictures += product.pictures.length;
    counts.street += product.street.length;
    options.onProgress?.(counts.products, options.products);
  }
  await Promise.all(
    [catalog, queries, train].map((table) => new Promise<void>((resolve) => table.end(resolve))),
  );
  return counts;
}

async function writePictures(out: string, product: SampleProduct): Promise<void> {
  await mkdir(path.join(out, 'images', product.spec.productId), { recursive: true });
  for (const { name, jpeg } of [...product.pictures, ...product.street])
    await writeFile(path.join(out, 'images', name), jpeg);
}

function catalogRow({ spec, text, pictures }: SampleProduct): string {
  const images = pictures.map((picture) => picture.name).join('|');
  return row([
    spec.productId,
    spec.variants[0].variantId,
    images,
    text.title,
    text.description,
    text.category,
    text.price.toFixed(2),
    ...ATTRIBUTES.map((name) => text.attributes[name]),
  ]);
}

function queryRow(photo: SampleStreet): string {
  const [wanted] = photo.truth;
  const box = wanted ? wanted.box.map((value) => value.toFixed(5)) : ['', '', '', ''];
  return row([
    photo.name,
    photo.truth
      .map((each) => each.productId)
      .slice(0, 1)
      .join('|'),
    photo.group,
    ...box,
  ]);
}
