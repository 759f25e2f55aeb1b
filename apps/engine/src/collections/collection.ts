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
  indexFileOf,
  readSealed,
  type SealedMeta,
  writeSealed,
} from './sealed-files.ts';
import { syncPath } from './sync-path.ts';
import { toUnitVectors } from './unit-vectors.ts';
import { allocateRows, growRows, type MemoryLayout, readRow, writeRow } from './vector-memory.ts';

/** `hnswFrom`: above this many points a collection is indexed with HNSW; below, every search is an exact scan. */
export type CollectionSettings = {
  threads: number;
  hnswFrom: number;
  buildIndex: BuildIndex;
  /** Told when a seal that the engine began by itself fails; the collection goes on as it was. */
  report(error: unknown): void;
};

/** A sealed collection is sealed anew when this many points, and this share of the sealed ones, came after it. */
const COMPACT_FROM = 20_000;
const COMPACT_SHARE = 0.5;

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
  readonly #settings: CollectionSettings;
  #journal: Journal;
  #sealing: Promise<void> | null = null;
  #dropped = false;

  private constructor(folder: string, settings: CollectionSettings) {
    this.#folder = folder;
    this.#settings = settings;
    this.name = path.basename(folder);
    this.dims = (
      JSON.parse(readFileSync(path.join(folder, 'collection.json'), 'utf8')) as { dims: number }
    ).dims;
    const files = readSealed(folder);
    const capacity = Math.ceil((files?.meta.count ?? 0) * 1.1) + 1024;
    this.points = new Points(capacity);
    this.layout = allocateRows(this.dims, capacity, settings.threads);
    for (const { first, vectors } of files?.chunks() ?? [])
      this.#putAll(files?.points.slice(first, first + vectors.length / this.dims) ?? [], vectors);
    this.sealed = files !== null;
    this.sealedCount = files?.meta.count ?? 0;
    this.indexFile = files?.indexFile ?? null;
    this.indexed = this.indexFile ? this.sealedCount : 0;
    this.#journal = Journal.open(path.join(folder, 'journal'), (entry) =>
      this.#replay(entry.header as JournalHeader, entry.vectors),
    );
  }

  /** Makes the folder whole under a temporary name first. */
  static create(folder: string, dims: number, settings: CollectionSettings): Collection {
    const temporary = `${folder}.tmp-${process.pid}`;
    mkdirSync(temporary, { recursive: true });
    writeFileSync(path.join(temporary, 'collection.json'), JSON.stringify({ dims }));
    syncPath(path.join(temporary, 'collection.json'));
    renameSync(temporary, folder);
    syncPath(path.dirname(folder));
    return new Collection(folder, settings);
  }

  static open(folder: string, settings: CollectionSettings): Collection | null {
    return existsSync(path.join(folder, 'collection.json')) ? new Collection(folder, settings) : null;
  }

  /** Durable when it resolves. Errors: `invalid_request`, `storage_full`, `not_found` when dropped meanwhile. */
  async upsert(points: Point[], given: Float32Array): Promise<void> {
    const vectors = toUnitVectors(given, { dims: this.dims, count: points.length });
    const durable = this.#write({ type: 'upsert', points }, vectors);
    this.#compactWhenLong();
    await durable;
  }

  async delete(input: DeletePoints): Promise<void> {
    const { ids, products, keep } = input;
    await this.#write({ type: 'delete', ids, products, keep }, new Float32Array(0));
  }

  /**
   * Writes what lives now as immutable files (HNSW when large) and swaps them in. Writes go on meanwhile; they
   * stay in the journal. A second call while one runs waits for the same one.
   */
  seal(): Promise<void> {
    this.#sealing ??= this.#seal().finally(() => {
      this.#sealing = null;
    });
    return this.#sealing;
  }

  async #seal(): Promise<void> {
    const mark = this.#journal.size;
    const temporary = beginSealed(this.#folder);
    const ordinals = this.points.livingOrdinals();
    const list = this.points.list;
    const count = ordinals.length;
    const renumbered = count < this.points.size;
    const meta: SealedMeta = {
      dims: this.dims,
      count,
      index: count > this.#settings.hnswFrom ? 'hnsw' : 'flat',
    };
    await writeSealed(temporary, {
      meta,
      point: (index) => list[ordinals[index] as number] as Point,
      row: (index) => readRow(this.layout, ordinals[index] as number, this.dims),
    });
    if (meta.index === 'hnsw') {
      const out = path.join(temporary, 'index.usearch');
      await this.#settings.buildIndex({
        vectors: path.join(temporary, 'vectors.f32'),
        dims: this.dims,
        count,
        out,
      });
      syncPath(out);
    }
    if (this.#dropped) throw new AppError('not_found', { message: 'The collection was dropped.' });
    commitSealed(this.#folder, temporary);
    this.#journal.cut(mark); // a crash before this line replays known writes once more, which changes nothing
    if (renumbered) this.#reload();
    else this.#adopt(meta);
  }

  #compactWhenLong(): void {
    const delta = this.points.size - this.sealedCount;
    if (!this.sealed || this.#sealing || delta < Math.max(COMPACT_FROM, this.sealedCount * COMPACT_SHARE))
      return;
    this.seal().catch((error: unknown) => this.#dropped || this.#settings.report(error));
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

  get sealing(): boolean {
    return this.#sealing !== null;
  }

  /** Takes it out of use: later writes and a seal under way fail with `not_found`. */
  close(): void {
    this.#dropped = true;
    this.#journal.close();
  }

  #write(header: JournalHeader, vectors: Float32Array): Promise<void> {
    const durable = this.#journal.append({ header, vectors });
    this.#replay(header, vectors);
    return durable;
  }

  /** The sealed files number the points as memory does: nothing has to be read again. */
  #adopt(meta: SealedMeta): void {
    this.#journal.close();
    this.#journal = Journal.open(path.join(this.#folder, 'journal'), () => {});
    this.sealed = true;
    this.sealedCount = meta.count;
    this.indexFile = meta.index === 'hnsw' ? indexFileOf(this.#folder) : null;
    this.indexed = this.indexFile ? meta.count : 0;
    this.version += 1;
  }

  #reload(): void {
    const fresh = new Collection(this.#folder, this.#settings);
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
    for (const id of header.ids) this.points.removeId(id, this.version);
    const keep = new Set(header.keep);
    for (const product of header.products)
      this.points.removeProduct(product, { version: this.version, keep });
  }

  #putAll(points: readonly Point[], vectors: Float32Array): void {
    points.forEach((point, i) => {
      this.#put(point, vectors.subarray(i * this.dims, (i + 1) * this.dims));
    });
  }

  #put(point: Point, vector: Float32Array): void {
    if (this.points.size >= this.layout.capacity) {
      const capacity = this.layout.capacity * 2;
      this.layout = growRows(this.layout, this.dims, { capacity, threads: this.#settings.threads });
      this.points.grow(capacity);
    }
    writeRow(this.layout, this.points.size, vector);
    this.points.add(point, this.version);
  }
}

type JournalHeader =
  | { type: 'upsert'; points: Point[] }
  | { type: 'delete'; ids: string[]; products: string[]; keep?: string[] };
