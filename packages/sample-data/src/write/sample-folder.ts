import { type FileHandle, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CATALOG_HEADER } from './product-tables.ts';
import type { SampleCounts, WriteOptions } from './write-sample.ts';

/** Everything that a sample consists of beside its mark; nothing else in a folder is ever removed. */
const PARTS = [
  'catalog.csv',
  'variants.csv',
  'queries.csv',
  'train.csv',
  'truth.jsonl',
  'events.csv',
  'impressions.csv',
  'shopper-truth.jsonl',
  'shopper-tastes.jsonl',
  'images',
  'preview',
] as const;
const MADE_BY = 'likeness sample-data';

/** The folder cannot take a sample; the message says why and what to do. */
export class FolderRefused extends Error {}

/** What the folder's `sample.json` says: with which options it was begun, and once it is finished what it holds. */
export async function markSample(options: WriteOptions, counts: SampleCounts | null): Promise<void> {
  const mark = { made_by: MADE_BY, complete: counts !== null, options: kept(options), ...counts };
  await writeFile(path.join(options.out, 'sample.json'), `${JSON.stringify(mark, null, 2)}\n`);
}

/** What decides a sample's bytes; the number of threads does not. */
const kept = (options: WriteOptions): Record<string, unknown> => ({
  products: options.products,
  seed: options.seed,
  size: options.size,
  views: options.catalogViews,
  street: options.streetPhotos,
  shoppers: options.shoppers ?? 0,
  wrong_clicks: options.wrongClicks ?? null,
  days: options.days ?? null,
});

/**
 * Makes room: an empty or missing folder is taken as it is; an earlier sample is removed when it was not finished, has
 * the same options, or is to be remade. Anything else is refused, before anything is written. Gives what is remade.
 */
export async function makeRoom(
  options: WriteOptions,
  how: { remake: boolean },
): Promise<'new' | 'unfinished' | 'same' | 'other'> {
  const names = await entriesOf(options.out);
  if (names.length === 0) return 'new';
  const found = await earlierSample(options.out);
  if (!found)
    throw new FolderRefused(
      `--out ${options.out} is not empty and holds no sample; give an empty folder, or one that does not exist yet`,
    );
  const state = !found.complete
    ? 'unfinished'
    : found.options === JSON.stringify(kept(options))
      ? 'same'
      : 'other';
  if (state === 'other' && !how.remake)
    throw new FolderRefused(
      `--out ${options.out} holds a finished sample made with other options; add --remake to replace it, or give another folder`,
    );
  await markSample(options, null); // should the removal be cut short
  for (const part of PARTS) await rm(path.join(options.out, part), { recursive: true, force: true });
  return state;
}

async function entriesOf(folder: string): Promise<string[]> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (found && !found.isDirectory()) throw new FolderRefused(`--out ${folder} is a file; give a folder`);
  return found ? readdir(folder) : [];
}

/** A sample is known by its mark; samples older than the mark by the header of their catalogue. */
async function earlierSample(folder: string): Promise<{ complete: boolean; options: string } | null> {
  try {
    const mark = JSON.parse(await readFile(path.join(folder, 'sample.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    if (mark.made_by !== MADE_BY) return null;
    return { complete: mark.complete === true, options: JSON.stringify(mark.options) };
  } catch {
    const header = `${CATALOG_HEADER.join(',')}\n`;
    return (await startOf(path.join(folder, 'catalog.csv'), header.length)) === header
      ? { complete: false, options: '' }
      : null;
  }
}

async function startOf(file: string, bytes: number): Promise<string> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return '';
  } finally {
    await handle?.close();
  }
}
