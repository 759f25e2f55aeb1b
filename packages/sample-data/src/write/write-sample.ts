import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SampleProduct } from '../generate.ts';
import { ContactSheets } from '../preview/contact-sheets.ts';
import type { ShopperOptions } from '../shoppers/options.ts';
import { makeFolder } from './make-folder.ts';
import { productSource, type SourceOptions } from './product-source.ts';
import { createProductTables, tell } from './product-tables.ts';
import { markSample } from './sample-folder.ts';
import { writeShoppers } from './write-shoppers.ts';

export type SampleProgress = { done: number; total: number; pictures: number };
export type WriteOptions = SourceOptions & {
  out: string;
  /** Simulated people who search; none when left out. */
  shoppers?: number | undefined;
  wrongClicks?: number | undefined;
  days?: number | undefined;
  /** Contact sheets in `preview/`. */
  preview?: boolean | undefined;
  onProgress?: (progress: SampleProgress) => void;
};
export type SampleCounts = {
  products: number;
  pictures: number;
  street: number;
  searches: number;
  events: number;
};

/**
 * Writes a sample as the contract (§2) has it: `catalog.csv`, `variants.csv`, `queries.csv`, `train.csv`,
 * `truth.jsonl` and `images/`; with shoppers also `events.csv`, `impressions.csv` and their truth. Product by
 * product, in flat memory. A folder that is not finished says so in its `sample.json`.
 */
export async function writeSample(options: WriteOptions): Promise<SampleCounts> {
  const { out } = options;
  await makeFolder(path.join(out, 'images/street'));
  await markSample(options, null);
  const counts = { products: 0, pictures: 0, street: 0, searches: 0, events: 0 };
  const sheets = options.preview ? new ContactSheets(options) : null;
  await writeProducts(options, async (product) => {
    sheets?.note(product);
    counts.products += 1;
    counts.pictures += product.pictures.length;
    counts.street += product.street.length;
    options.onProgress?.({
      done: counts.products,
      total: options.products,
      pictures: counts.pictures + counts.street,
    });
  });
  if (options.shoppers) Object.assign(counts, await writeShoppers(out, shopperOptions(options)));
  await sheets?.write();
  await markSample(options, counts);
  return counts;
}

async function writeProducts(
  options: WriteOptions,
  written: (product: SampleProduct) => Promise<void>,
): Promise<void> {
  const tables = await createProductTables(options.out);
  await using opened = new AsyncDisposableStack();
  for (const table of Object.values(tables)) opened.use(table);
  for await (const product of productSource(options)) {
    await writePictures(options.out, product);
    await tell(tables, options, product);
    await written(product);
  }
  for (const table of Object.values(tables)) await table.close();
}

async function writePictures(out: string, product: SampleProduct): Promise<void> {
  await makeFolder(path.join(out, 'images', product.spec.productId));
  for (const { name, jpeg } of [...product.pictures, ...product.street])
    await writeFile(path.join(out, 'images', name), jpeg);
}

function shopperOptions(options: WriteOptions): ShopperOptions {
  const { products, seed, catalogViews, streetPhotos, shoppers = 0, wrongClicks, days } = options;
  return {
    products,
    seed,
    catalogViews,
    streetPhotos,
    shoppers,
    ...(wrongClicks === undefined ? {} : { wrongClicks }),
    ...(days === undefined ? {} : { days }),
  };
}
