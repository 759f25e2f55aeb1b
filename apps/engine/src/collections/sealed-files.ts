import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import type { Point } from '@likeness/contracts/engine';
import { syncPath } from './sync-path.ts';

export type SealedMeta = { dims: number; count: number; index: 'flat' | 'hnsw' };
/** CRC-32 of the files' bytes; absent in collections of earlier copies of the program. */
type StoredMeta = SealedMeta & { crc?: { points: number; vectors: number } };
export type Sealed = {
  meta: SealedMeta;
  points: Point[];
  indexFile: string | null;
  /** All rows in chunks, since one read cannot pass 2 GB. Throws DamagedFilesError, at the latest behind the last. */
  chunks(): Generator<{ first: number; vectors: Float32Array }>;
};

const FOLDER = 'sealed';
const INDEX_FILE = 'index.usearch';
const CHUNK = 2048;

/** The files are not what was once synced: the collection is lost and has to be built again. */
export class DamagedFilesError extends Error {}

/**
 * Reads the immutable files of a collection; null when it was never sealed. Leftovers of a torn seal go. A lost
 * HNSW file only makes searches exact and slower. Throws DamagedFilesError.
 */
export function readSealed(folder: string): Sealed | null {
  rmSync(path.join(folder, `${FOLDER}.tmp`), { recursive: true, force: true });
  const previous = path.join(folder, `${FOLDER}.old`);
  const sealed = path.join(folder, FOLDER);
  if (!existsSync(sealed) && existsSync(previous)) renameSync(previous, sealed);
  if (!existsSync(sealed)) return null;
  rmSync(previous, { recursive: true, force: true });
  try {
    return readFiles(sealed);
  } catch (cause) {
    throw new DamagedFilesError(`${sealed} is damaged`, { cause });
  }
}

function readFiles(sealed: string): Sealed {
  const meta = JSON.parse(readFileSync(path.join(sealed, 'meta.json'), 'utf8')) as StoredMeta;
  const text = readFileSync(path.join(sealed, 'points.json'));
  const vectors = path.join(sealed, 'vectors.f32');
  if (meta.crc && crc32(text) !== meta.crc.points) throw new Error('a checksum differs');
  const points = JSON.parse(text.toString('utf8')) as Point[];
  if (points.length !== meta.count || statSync(vectors).size !== meta.count * meta.dims * 4)
    throw new Error('a length differs');
  const indexFile = path.join(sealed, INDEX_FILE);
  return {
    meta,
    points,
    indexFile: meta.index === 'hnsw' && existsSync(indexFile) ? indexFile : null,
    chunks: () => readChunks(vectors, meta),
  };
}

function* readChunks(file: string, meta: StoredMeta): ReturnType<Sealed['chunks']> {
  const fd = openSync(file, 'r');
  try {
    let crc = 0;
    for (let first = 0; first < meta.count; first += CHUNK) {
      const vectors = new Float32Array(Math.min(CHUNK, meta.count - first) * meta.dims);
      const bytes = Buffer.from(vectors.buffer);
      for (let done = 0; done < bytes.length; ) {
        const read = readSync(fd, bytes, done, bytes.length - done, first * meta.dims * 4 + done);
        if (read === 0) throw new DamagedFilesError(`${file} is cut`);
        done += read;
      }
      crc = crc32(bytes, crc);
      yield { first, vectors };
    }
    if (meta.crc && crc !== meta.crc.vectors) throw new DamagedFilesError(`${file} is damaged`);
  } finally {
    closeSync(fd);
  }
}

/** Where the HNSW index of a sealed collection lies. */
export const indexFileOf = (folder: string): string => path.join(folder, FOLDER, INDEX_FILE);

/** A folder beside the sealed one, to be filled and then put in its place by `commitSealed`. */
export function beginSealed(folder: string): string {
  const temporary = path.join(folder, `${FOLDER}.tmp`);
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  return temporary;
}

/** Writes points and vectors in chunks, so that searches are answered between them; all synced when it resolves. */
export async function writeSealed(
  temporary: string,
  content: { meta: SealedMeta; point(index: number): Point; row(index: number): Float32Array },
): Promise<void> {
  const { meta } = content;
  const crc = { points: 0, vectors: 0 };
  const points = await open(path.join(temporary, 'points.json'), 'w');
  const vectors = await open(path.join(temporary, 'vectors.f32'), 'w');
  const writePoints = async (text: string): Promise<void> => {
    const bytes = Buffer.from(text);
    crc.points = crc32(bytes, crc.points);
    await points.writeFile(bytes);
  };
  try {
    await writePoints('[');
    for (let first = 0; first < meta.count; first += CHUNK) {
      const size = Math.min(CHUNK, meta.count - first);
      const rows = new Float32Array(size * meta.dims);
      const lines: string[] = [];
      for (let i = 0; i < size; i++) {
        rows.set(content.row(first + i), i * meta.dims);
        lines.push(JSON.stringify(content.point(first + i)));
      }
      const bytes = Buffer.from(rows.buffer);
      crc.vectors = crc32(bytes, crc.vectors);
      await vectors.writeFile(bytes);
      await writePoints((first > 0 ? ',' : '') + lines.join(','));
    }
    await writePoints(']');
    await Promise.all([points.sync(), vectors.sync()]);
  } finally {
    await Promise.all([points.close(), vectors.close()]);
  }
  const stored: StoredMeta = { ...meta, crc };
  writeFileSync(path.join(temporary, 'meta.json'), JSON.stringify(stored));
  syncPath(path.join(temporary, 'meta.json'));
}

/** Swaps the folders: after a crash either the old or the new one is whole. */
export function commitSealed(folder: string, temporary: string): void {
  syncPath(temporary);
  const sealed = path.join(folder, FOLDER);
  const previous = path.join(folder, `${FOLDER}.old`);
  rmSync(previous, { recursive: true, force: true });
  if (existsSync(sealed)) renameSync(sealed, previous);
  renameSync(temporary, sealed);
  syncPath(folder);
  rmSync(previous, { recursive: true, force: true });
}
