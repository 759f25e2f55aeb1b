import type { Point } from '@likeness/contracts/engine';
import { type Bitmap, clearBit, emptyBitmap, setBit } from './bitmap.ts';
import { Columns } from './columns.ts';

/** Everything but the vectors: which ordinal is which image of which product, and what is alive. */
export class Points {
  readonly list: Point[] = [];
  readonly columns = new Columns();
  readonly productNames: string[] = [];
  /** Ordinal → product ordinal; shared with the search threads. */
  productOf: Int32Array;
  /** Ordinals that still answer now. */
  alive: Bitmap;
  /**
   * Version of the collection at which an ordinal died, 0 while it lives; shared with the search threads. A search
   * that began at version v still sees what died later, so that a replaced image is never missing from an answer.
   */
  died: Uint32Array;
  readonly #byId = new Map<string, number>();
  readonly #byHash = new Map<string, number[]>();
  readonly #products = new Map<string, number>();
  readonly #ofProduct: number[][] = [];

  constructor(capacity: number) {
    this.productOf = new Int32Array(new SharedArrayBuffer(capacity * 4));
    this.alive = emptyBitmap(capacity);
    this.died = new Uint32Array(new SharedArrayBuffer(capacity * 4));
  }

  get size(): number {
    return this.list.length;
  }

  get living(): number {
    return this.#byId.size;
  }

  get livingProducts(): number {
    return this.#ofProduct.filter((ordinals) => ordinals.length > 0).length;
  }

  grow(capacity: number): void {
    const products = new Int32Array(new SharedArrayBuffer(capacity * 4));
    products.set(this.productOf);
    this.productOf = products;
    const alive = emptyBitmap(capacity);
    alive.set(this.alive);
    this.alive = alive;
    const died = new Uint32Array(new SharedArrayBuffer(capacity * 4));
    died.set(this.died);
    this.died = died;
  }

  /** Adds a point as a new ordinal; an earlier point with its id dies. */
  add(point: Point, version: number): number {
    this.removeId(point.id, version);
    const ordinal = this.list.length;
    const product = this.#productOrdinal(point.product);
    this.list.push(point);
    this.productOf[ordinal] = product;
    this.columns.put(ordinal, point.attributes);
    this.#byId.set(point.id, ordinal);
    this.#ofProduct[product]?.push(ordinal);
    if (point.hash) this.#byHash.set(point.hash, [...(this.#byHash.get(point.hash) ?? []), ordinal]);
    setBit(this.alive, ordinal);
    return ordinal;
  }

  removeId(id: string, version: number): boolean {
    const ordinal = this.#byId.get(id);
    if (ordinal === undefined) return false;
    this.#byId.delete(id);
    clearBit(this.alive, ordinal);
    this.died[ordinal] = version;
    const product = this.productOf[ordinal] ?? -1;
    this.#ofProduct[product] = (this.#ofProduct[product] ?? []).filter((each) => each !== ordinal);
    return true;
  }

  /** Takes every image of a product away but those to keep. */
  removeProduct(name: string, how: { version: number; keep: ReadonlySet<string> }): void {
    for (const ordinal of this.ordinalsOfProduct(name)) {
      const id = this.list[ordinal]?.id ?? '';
      if (!how.keep.has(id)) this.removeId(id, how.version);
    }
  }

  ordinalsOfProduct(name: string): number[] {
    return [...(this.#ofProduct[this.#products.get(name) ?? -1] ?? [])];
  }

  /** Living ordinals that a mask takes out. */
  masked(mask: { ids: string[]; hashes: string[] }): number[] {
    const found = new Set<number>();
    for (const id of mask.ids) {
      const ordinal = this.#byId.get(id);
      if (ordinal !== undefined) found.add(ordinal);
    }
    for (const hash of mask.hashes) {
      for (const ordinal of this.#byHash.get(hash) ?? []) {
        if (this.#byId.get(this.list[ordinal]?.id ?? '') === ordinal) found.add(ordinal);
      }
    }
    return [...found];
  }

  livingIds(): string[] {
    return [...this.#byId.keys()];
  }

  livingOrdinals(): number[] {
    return [...this.#byId.values()].sort((a, b) => a - b);
  }

  #productOrdinal(name: string): number {
    const known = this.#products.get(name);
    if (known !== undefined) return known;
    const ordinal = this.productNames.length;
    this.#products.set(name, ordinal);
    this.productNames.push(name);
    this.#ofProduct.push([]);
    return ordinal;
  }
}
