import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
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
/** Of the first street photos, which a newcomer waits for; the grown sample's are as large as its pictures. */
const FIRST_STREET_SIZE = 640;
/** The first products, ready before the first search. */
export const FIRST_PRODUCTS = 60;
/** Products of the whole sample, made in the background. */
export const ALL_PRODUCTS = 180;
/** One street photo of six different families: what the tester offers first. */
const STREET_OF = [22, 5, 25, 27, 42, 10];

/** Renders the first part of the sample catalogue once; a folder without its mark is made anew. */
export async function firstSampleFiles(data: string): Promise<SampleFiles> {
  const folder = path.join(data, 'sample');
  const files = describe(folder);
  const mark = path.join(folder, 'complete');
  if (existsSync(mark)) return files;
  rmSync(folder, { recursive: true, force: true });
  await writeSample({
    products: FIRST_PRODUCTS,
    seed: SEED,
    size: SIZE,
    streetSize: FIRST_STREET_SIZE,
    catalogViews: 1,
    streetPhotos: 1,
    streetOf: STREET_OF,
    out: folder,
  });
  // So few photos are one test set, whichever side the families are on.
  const table = (name: string): string[] => readFileSync(path.join(folder, name), 'utf8').trim().split('\n');
  const [header, ...rows] = [...table('queries.csv'), ...table('train.csv').slice(1)];
  writeFileSync(files.queriesCsv, `${[header, ...rows].join('\n')}\n`);
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
    '--shoppers',
    '0',
    '--remake',
  ];
  return { files: describe(folder), args, mark: path.join(folder, 'rendered') };
}

/** Copies of before growth was remembered step by step (growth.ts) left this mark when they were done. */
export const wasGrownBefore = (data: string): boolean =>
  existsSync(path.join(data, 'sample-grown', 'complete'));

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
