import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CollectionStats, DeletePoints, Point } from '@likeness/contracts/engine';
import { AppError } from '@likeness/contracts/errors';
import { Journal } from './journal.ts';
import { Points } from './points.ts';
import {
  beginSealed,
  commitSealed,
  readSealed,
  type SealedMeta,
  syncPath,
  writeSealed,
} from './sealed-files.ts';
import { allocateRows, growRows, type MemoryLayout, readRow, writeRow } from './vector-memory.ts';

/** Above this many points a collection is indexed with HNSW; below, every search is an exact scan. */
export const HNSW_FROM = 50_000;

export type BuildIndex = (input: {
  vectors: string;
  dims: number;
  count: number;
  out: string;
}) => Promise<void>;

/** One collection: sealed files, a journal of what came later, and both of them in memory. */
export class Collection {
  readonly name: string;
  readonly dims: number;
  points: Points;
  layout: MemoryLayout;
  indexFile: string | null = null;
  /** Ordinals below this one are in the HNSW index. */
  indexed = 0;
  sealedCount = 0;
  sealed = false;
  /** Grows with every change: what was computed for an older one is stale. */
  version = 0;
  readonly #folder: string;
  readonly #threads: number;
  #journal: Journal;

  private constructor(folder: string, threads: number) {
    this.#folder = folder;
    this.#threads = threads;
    this.name = path.basename(folder);
    this.dims = (
      JSON.parse(readFileSync(path.join(folder, 'collection.json'), 'utf8')) as { dims: number }
    ).dims;
    const files = readSealed(folder);
    const capacity = Math.ceil((files?.meta.count ?? 0) * 1.1) + 1024;
    this.points = new Points(capacity);
    this.layout = allocateRows(this.dims, capacity, threads);
    if (files) this.#putAll(files.points, files.vectors);
    this.sealed = files !== null;
    this.sealedCount = files?.meta.count ?? 0;
    this.indexFile = files?.indexFile ?? null;
    this.indexed = this.indexFile ? this.sealedCount : 0;
    this.#journal = Journal.open(path.join(folder, 'journal'), (entry) =>
      this.#replay(entry.header as JournalHeader, entry.vectors),
    );
  }

  /** Makes the folder whole under a temporary name first. */
  static create(folder: string, dims: number, threads: number): Collection {
    const temporary = `${folder}.tmp-${process.pid}`;
    mkdirSync(temporary, { recursive: true });
    writeFileSync(path.join(temporary, 'collection.json'), JSON.stringify({ dims }));
    syncPath(path.join(temporary, 'collection.json'));
    renameSync(temporary, folder);
    syncPath(path.dirname(folder));
    return new Collection(folder, threads);
  }

  static open(folder: string, threads: number): Collection | null {
    return existsSync(path.join(folder, 'collection.json')) ? new Collection(folder, threads) : null;
  }

  /** Durable when it resolves. */
  async upsert(points: Point[], vectors: Float32Array): Promise<void> {
    this.#assertVectors(points.length, vectors);
    const header: JournalHeader = { type: 'upsert', points };
    const written = this.#journal.append({ header, vectors });
    this.#replay(header, vectors);
    await written;
  }

  async delete(input: DeletePoints): Promise<void> {
    const header: JournalHeader = { type: 'delete', ids: input.ids, products: input.products };
    const written = this.#journal.append({ header, vectors: new Float32Array(0) });
    this.#replay(header, new Float32Array(0));
    await written;
  }

  /** Writes what lives now as immutable files (HNSW when large), swaps them in, and empties the journal. */
  async seal(buildIndex: BuildIndex): Promise<void> {
    const temporary = beginSealed(this.#folder);
    const version = this.version;
    const ordinals = this.points.livingOrdinals();
    const meta: SealedMeta = {
      dims: this.dims,
      count: ordinals.length,
      index: ordinals.length > HNSW_FROM ? 'hnsw' : 'flat',
    };
    const points = ordinals.map((ordinal) => this.points.list[ordinal] as Point);
    writeSealed(temporary, {
      meta,
      points,
      row: (index) => readRow(this.layout, ordinals[index] as number, this.dims),
    });
    const files = ['meta.json', 'points.json', 'vectors.f32'];
    if (meta.index === 'hnsw') {
      const out = path.join(temporary, 'index.usearch');
      await buildIndex({
        vectors: path.join(temporary, 'vectors.f32'),
        dims: this.dims,
        count: meta.count,
        out,
      });
      files.push('index.usearch');
    }
    if (version !== this.version)
      throw new AppError('conflict', { message: 'Points were written while the collection was sealed.' });
    commitSealed(this.#folder, temporary, files);
    this.#journal.clear();
    this.#reload();
  }

  stats(): CollectionStats {
    const checksum = createHash('sha256').update(this.points.livingIds().sort().join('\n')).digest('hex');
    return {
      name: this.name,
      dims: this.dims,
      state: this.sealed ? 'sealed' : 'loading',
      points: this.points.living,
      products: this.points.livingProducts,
      delta: this.points.size - this.sealedCount,
      checksum,
      index: this.indexFile ? 'hnsw' : 'flat',
    };
  }

  close(): void {
    this.#journal.close();
  }

  #reload(): void {
    const fresh = new Collection(this.#folder, this.#threads);
    this.#journal.close();
    this.points = fresh.points;
    this.layout = fresh.layout;
    this.sealed = true;
    this.sealedCount = fresh.sealedCount;
    this.indexFile = fresh.indexFile;
    this.indexed = fresh.indexed;
    this.#journal = fresh.#journal;
    this.version += 1;
  }

  #replay(header: JournalHeader, vectors: Float32Array): void {
    this.version += 1;
    if (header.type === 'upsert') {
      this.#putAll(header.points, vectors);
      return;
    }
    for (const id of header.ids) this.points.removeId(id);
    for (const product of header.products) this.points.removeProduct(product);
  }

  #putAll(points: readonly Point[], vectors: Float32Array): void {
    points.forEach((point, i) => {
      this.#put(point, vectors.subarray(i * this.dims, (i + 1) * this.dims));
    });
  }

  #put(point: Point, vector: Float32Array): void {
    if (this.points.size >= this.layout.capacity) {
      const capacity = this.layout.capacity * 2;
      this.layout = growRows(this.layout, this.dims, { capacity, threads: this.#threads });
      this.points.grow(capacity);
    }
    writeRow(this.layout, this.points.size, vector);
    this.points.add(point);
  }

  #assertVectors(count: number, vectors: Float32Array): void {
    if (vectors.length !== count * this.dims) {
      throw new AppError('invalid_request', {
        message: `The collection has ${this.dims} dimensions; ${count} such vectors are needed.`,
      });
    }
    if (vectors.some((value) => !Number.isFinite(value))) {
      throw new AppError('invalid_request', { message: 'A vector has a value that is not a finite number.' });
    }
  }
}

type JournalHeader =
  | { type: 'upsert'; points: Point[] }
  | { type: 'delete'; ids: string[]; products: string[] };
