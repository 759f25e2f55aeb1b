import type { Bitmap } from '../collections/bitmap.ts';
import { CHUNK_ROWS, SCRATCH_BYTES } from '../collections/vector-memory.ts';
import { bindKernel, type Kernel } from './kernel.ts';

/** What a search thread holds of a collection; posted once for each generation. */
export type CollectionState = {
  generation: number;
  dims: number;
  memory: WebAssembly.Memory;
  strideBytes: number;
  rowsOffset: number;
  productOf: Int32Array;
  died: Uint32Array;
  indexFile: string | null;
  indexed: number;
};

/** A collection seen from one thread: its rows, and this thread's scratch room in the same memory. */
export class Attached {
  readonly state: CollectionState;
  readonly #kernel: Kernel;
  readonly #scratch: number;
  readonly #indices: Uint32Array;
  readonly #scores: Float32Array;

  constructor(state: CollectionState, thread: number) {
    this.state = state;
    this.#kernel = bindKernel(state.memory);
    this.#scratch = SCRATCH_BYTES * thread;
    const indices = this.#scratch + 64 * 1024;
    this.#indices = new Uint32Array(state.memory.buffer, indices, CHUNK_ROWS);
    this.#scores = new Float32Array(state.memory.buffer, indices + CHUNK_ROWS * 4, CHUNK_ROWS);
  }

  loadQuery(query: Float32Array): void {
    const room = new Float32Array(this.state.memory.buffer, this.#scratch, this.state.strideBytes / 4);
    room.fill(0);
    room.set(query);
  }

  /** Cosines of rows `first … first + count − 1` to the loaded query, in chunks. */
  scanRange(first: number, count: number, visit: (ordinal: number, cosine: number) => void): void {
    const { rowsOffset, strideBytes } = this.state;
    for (let done = 0; done < count; done += CHUNK_ROWS) {
      const size = Math.min(CHUNK_ROWS, count - done);
      const rows = rowsOffset + (first + done) * strideBytes;
      this.#kernel.scan(this.#scratch, rows, size, strideBytes, this.#scores.byteOffset);
      for (let i = 0; i < size; i++) visit(first + done + i, this.#scores[i] as number);
    }
  }

  /** Cosines of the rows whose bit is set in `bits`, below `size`. */
  scanBits(bits: Bitmap, size: number, visit: (ordinal: number, cosine: number) => void): void {
    let filled = 0;
    const words = Math.min(bits.length, Math.ceil(size / 32));
    for (let w = 0; w < words; w++) {
      let word = bits[w] as number;
      while (word !== 0) {
        const low = word & -word;
        const ordinal = w * 32 + (31 - Math.clz32(low));
        word ^= low;
        if (ordinal >= size) break;
        this.#indices[filled++] = ordinal;
        if (filled === CHUNK_ROWS) filled = this.#flush(filled, visit);
      }
    }
    this.#flush(filled, visit);
  }

  /** Cosines of the named rows. */
  scanOrdinals(ordinals: ArrayLike<number>, visit: (ordinal: number, cosine: number) => void): void {
    let filled = 0;
    for (let i = 0; i < ordinals.length; i++) {
      this.#indices[filled++] = ordinals[i] as number;
      if (filled === CHUNK_ROWS) filled = this.#flush(filled, visit);
    }
    this.#flush(filled, visit);
  }

  /** Whether the point still answered at this version of the collection. */
  livedAt(ordinal: number, version: number): boolean {
    const died = this.state.died[ordinal] as number;
    return died === 0 || died > version;
  }

  #flush(count: number, visit: (ordinal: number, cosine: number) => void): 0 {
    const { rowsOffset, strideBytes } = this.state;
    this.#kernel.gather(
      this.#scratch,
      rowsOffset,
      this.#indices.byteOffset,
      count,
      strideBytes,
      this.#scores.byteOffset,
    );
    for (let i = 0; i < count; i++) visit(this.#indices[i] as number, this.#scores[i] as number);
    return 0;
  }
}
