import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sampleProduct } from '@likeness/sample-data/generate';
import { writeSample } from '@likeness/sample-data/write/write-sample';

export type SampleFiles = {
  folder: string;
  catalogCsv: string;
  queriesCsv: string;
  images: string;
  queries: string[];
};

const SEED = 1;
const SIZE = 800;
/** The first products, ready before the first search. */
export const FIRST_PRODUCTS = 60;
/** Products of the whole sample, made in the background. */
export const ALL_PRODUCTS = 180;
/** One street photo of six different families. */
const STREET_OF = [0, 6, 9, 15, 18, 24];

/** Renders the first part of the sample catalogue once; a folder without its mark is made anew. */
export async function firstSampleFiles(data: string): Promise<SampleFiles> {
  const folder = path.join(data, 'sample');
  const files = describe(folder);
  const mark = path.join(folder, 'complete');
  if (existsSync(mark)) return files;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(files.images, 'street'), { recursive: true });
  await writeSample({
    products: FIRST_PRODUCTS,
    seed: SEED,
    size: SIZE,
    catalogViews: 1,
    streetPhotos: 0,
    out: folder,
  });
  const options = { products: FIRST_PRODUCTS, seed: SEED, size: SIZE, catalogViews: 0, streetPhotos: 1 };
  const shots = await Promise.all(STREET_OF.map((index) => sampleProduct(options, index)));
  const rows = shots.flatMap(({ street }) =>
    street.map((photo) => {
      writeFileSync(path.join(files.images, photo.name), photo.jpeg);
      return [
        photo.name,
        photo.truth[0]?.productId ?? '',
        photo.group,
        ...(photo.truth[0]?.box ?? ['', '', '', '']),
      ].join(',');
    }),
  );
  writeFileSync(files.queriesCsv, `image,product_id,groups,x1,y1,x2,y2\n${rows.join('\n')}\n`);
  writeFileSync(mark, '');
  return files;
}

/** Where the grown sample lies, and the command line that renders it. */
export function grownSample(data: string): { files: SampleFiles; args: string[]; mark: string } {
  const folder = path.join(data, 'sample-grown');
  const args = [
    '--products',
    String(ALL_PRODUCTS),
    '--seed',
    String(SEED),
    '--out',
    folder,
    '--size',
    String(SIZE),
    '--views',
    '3',
    '--street',
    '1',
    '--remake',
  ];
  return { files: describe(folder), args, mark: path.join(folder, 'complete') };
}

function describe(folder: string): SampleFiles {
  const images = path.join(folder, 'images');
  const queries = STREET_OF.map((index) => `street/LK-${SEED}-${String(index + 1).padStart(5, '0')}-1.jpg`);
  return {
    folder,
    catalogCsv: path.join(folder, 'catalog.csv'),
    queriesCsv: path.join(folder, 'queries.csv'),
    images,
    queries,
  };
}
