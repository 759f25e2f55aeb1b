import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { Point } from '@likeness/contracts/engine';

export type SealedMeta = { dims: number; count: number; index: 'flat' | 'hnsw' };
export type Sealed = { meta: SealedMeta; points: Point[]; vectors: Float32Array; indexFile: string | null };

const FOLDER = 'sealed';

/** Reads the immutable files of a collection; null when it was never sealed. Leftovers of a torn seal go. */
export function readSealed(folder: string): Sealed | null {
  rmSync(path.join(folder, `${FOLDER}.tmp`), { recursive: true, force: true });
  const previous = path.join(folder, `${FOLDER}.old`);
  const sealed = path.join(folder, FOLDER);
  if (!existsSync(sealed) && existsSync(previous)) renameSync(previous, sealed);
  if (!existsSync(sealed)) return null;
  rmSync(previous, { recursive: true, force: true });
  const meta = JSON.parse(readFileSync(path.join(sealed, 'meta.json'), 'utf8')) as SealedMeta;
  const points = JSON.parse(readFileSync(path.join(sealed, 'points.json'), 'utf8')) as Point[];
  const bytes = readFileSync(path.join(sealed, 'vectors.f32'));
  if (points.length !== meta.count || bytes.length !== meta.count * meta.dims * 4)
    throw new Error(`${sealed} is damaged`);
  const vectors = new Float32Array(bytes.buffer, bytes.byteOffset, meta.count * meta.dims);
  return {
    meta,
    points,
    vectors,
    indexFile: meta.index === 'hnsw' ? path.join(sealed, 'index.usearch') : null,
  };
}

/** A folder beside the sealed one, to be filled and then put in its place by `commitSealed`. */
export function beginSealed(folder: string): string {
  const temporary = path.join(folder, `${FOLDER}.tmp`);
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  return temporary;
}

/** Writes points and vectors, row by row, so that no second copy of all vectors is made. */
export function writeSealed(
  temporary: string,
  content: { meta: SealedMeta; points: Point[]; row(index: number): Float32Array },
): void {
  writeFileSync(path.join(temporary, 'points.json'), JSON.stringify(content.points));
  const fd = openSync(path.join(temporary, 'vectors.f32'), 'w');
  for (let i = 0; i < content.meta.count; i++) {
    const row = content.row(i);
    writeSync(fd, new Uint8Array(row.buffer, row.byteOffset, row.byteLength));
  }
  closeSync(fd);
  writeFileSync(path.join(temporary, 'meta.json'), JSON.stringify(content.meta));
}

/** Syncs every file and swaps the folders: after a crash either the old or the new one is whole. */
export function commitSealed(folder: string, temporary: string, files: readonly string[]): void {
  for (const file of files) syncPath(path.join(temporary, file));
  syncPath(temporary);
  const sealed = path.join(folder, FOLDER);
  const previous = path.join(folder, `${FOLDER}.old`);
  rmSync(previous, { recursive: true, force: true });
  if (existsSync(sealed)) renameSync(sealed, previous);
  renameSync(temporary, sealed);
  syncPath(folder);
  rmSync(previous, { recursive: true, force: true });
}

export function syncPath(file: string): void {
  const fd = openSync(file, 'r');
  fsyncSync(fd);
  closeSync(fd);
}
