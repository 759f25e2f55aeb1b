/** A set of ordinals as bits in 32-bit words; shared, so that search threads read it without a copy. */
export type Bitmap = Uint32Array;

export const wordsFor = (size: number): number => Math.ceil(size / 32);
export const emptyBitmap = (size: number): Bitmap =>
  new Uint32Array(new SharedArrayBuffer(wordsFor(size) * 4));

export function setBit(bits: Bitmap, ordinal: number): void {
  bits[ordinal >>> 5] = (bits[ordinal >>> 5] ?? 0) | (1 << (ordinal & 31));
}

export function clearBit(bits: Bitmap, ordinal: number): void {
  bits[ordinal >>> 5] = (bits[ordinal >>> 5] ?? 0) & ~(1 << (ordinal & 31));
}

export const hasBit = (bits: Bitmap, ordinal: number): boolean =>
  (((bits[ordinal >>> 5] ?? 0) >>> (ordinal & 31)) & 1) === 1;

export function countBits(bits: Bitmap): number {
  let total = 0;
  for (const word of bits) {
    let v = word - ((word >>> 1) & 0x55555555);
    v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
    total += (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return total;
}

/** In place: a ∧ b, a ∨ b, ¬a. Bits past `size` stay 0. */
export function intersect(a: Bitmap, b: Bitmap): Bitmap {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] ?? 0) & (b[i] ?? 0);
  return a;
}

export function unite(a: Bitmap, b: Bitmap): Bitmap {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] ?? 0) | (b[i] ?? 0);
  return a;
}

export function invert(a: Bitmap, size: number): Bitmap {
  for (let i = 0; i < a.length; i++) a[i] = ~(a[i] ?? 0);
  const tail = size & 31;
  if (tail && a.length) a[a.length - 1] = (a[a.length - 1] ?? 0) & ((1 << tail) - 1);
  return a;
}
