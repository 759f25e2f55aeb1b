import { FLOATS_PER_TURN } from '../search/kernel.ts';

const PAGE = 65536;
/** Room that each search thread has for its query, indices and scores. */
export const CHUNK_ROWS = 16_384;
export const SCRATCH_BYTES = 64 * 1024 + CHUNK_ROWS * 8;

/** What a search thread needs to know of a collection's memory. */
export type MemoryLayout = {
  memory: WebAssembly.Memory;
  strideBytes: number;
  rowsOffset: number;
  capacity: number;
};

export const strideOf = (dims: number): number => Math.ceil(dims / FLOATS_PER_TURN) * FLOATS_PER_TURN * 4;

/** Shared memory for `capacity` rows behind the scratch rooms of `threads` threads. Throws RangeError past 4 GB. */
export function allocateRows(dims: number, capacity: number, threads: number): MemoryLayout {
  const strideBytes = strideOf(dims);
  const rowsOffset = SCRATCH_BYTES * threads;
  const pages = Math.ceil((rowsOffset + capacity * strideBytes) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  return { memory, strideBytes, rowsOffset, capacity };
}

/** Copies a vector (unit length, `dims` floats) into row `ordinal`. */
export function writeRow(layout: MemoryLayout, ordinal: number, vector: Float32Array): void {
  const offset = layout.rowsOffset + ordinal * layout.strideBytes;
  new Float32Array(layout.memory.buffer, offset, vector.length).set(vector);
}

/** A copy of row `ordinal`. */
export function readRow(layout: MemoryLayout, ordinal: number, dims: number): Float32Array {
  return Float32Array.from(
    new Float32Array(layout.memory.buffer, layout.rowsOffset + ordinal * layout.strideBytes, dims),
  );
}

/** A larger memory with the same rows. */
export function growRows(
  layout: MemoryLayout,
  dims: number,
  wanted: { capacity: number; threads: number },
): MemoryLayout {
  const grown = allocateRows(dims, wanted.capacity, wanted.threads);
  const rows = new Uint8Array(layout.memory.buffer, layout.rowsOffset, layout.capacity * layout.strideBytes);
  new Uint8Array(grown.memory.buffer, grown.rowsOffset).set(rows);
  return grown;
}
