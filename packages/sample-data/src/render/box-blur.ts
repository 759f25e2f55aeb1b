import { kept } from './kept.ts';

const room = { other: kept(Float32Array), sums: kept(Float64Array) };

/** Two box means of 2 × radius + 1 along rows and two along columns of a square of number pairs, in place; edges repeat. */
export function boxBlur(pairs: Float32Array, size: number, radius: number): void {
  const other = room.other(pairs.length);
  for (let turn = 0; turn < 2; turn++) {
    alongRows(pairs, other, size, radius);
    alongColumns(other, pairs, size, radius);
  }
}

function alongRows(from: Float32Array, to: Float32Array, size: number, radius: number): void {
  for (let row = 0; row < size; row++) alongRow(from, to, { first: row * size * 2, size, radius });
}

function alongRow(
  from: Float32Array,
  to: Float32Array,
  how: { first: number; size: number; radius: number },
): void {
  const { first, size, radius } = how;
  const share = 1 / (2 * radius + 1);
  const last = first + size * 2 - 2;
  let one = (from[first] as number) * (radius + 1);
  let two = (from[first + 1] as number) * (radius + 1);
  for (let i = 1; i <= radius; i++) {
    const k = Math.min(last, first + i * 2);
    one += from[k] as number;
    two += from[k + 1] as number;
  }
  for (let k = first; k <= last; k += 2) {
    to[k] = one * share;
    to[k + 1] = two * share;
    const next = Math.min(last, k + radius * 2 + 2);
    const gone = Math.max(first, k - radius * 2);
    one += (from[next] as number) - (from[gone] as number);
    two += (from[next + 1] as number) - (from[gone + 1] as number);
  }
}

/** All columns side by side, row after row, so that memory is read in order. */
function alongColumns(from: Float32Array, to: Float32Array, size: number, radius: number): void {
  const wide = size * 2;
  const sums = room.sums(wide);
  const share = 1 / (2 * radius + 1);
  for (let k = 0; k < wide; k++) sums[k] = (from[k] as number) * (radius + 1);
  for (let i = 1; i <= radius; i++) {
    const row = Math.min(size - 1, i) * wide;
    addRow(sums, from.subarray(row, row + wide));
  }
  for (let y = 0; y < size; y++) {
    const next = Math.min(size - 1, y + radius + 1) * wide;
    const gone = Math.max(0, y - radius) * wide;
    moveRow(sums, { from, to, next, gone, here: y * wide, share });
  }
}

function addRow(sums: Float64Array, row: Float32Array): void {
  for (let k = 0; k < row.length; k++) sums[k] = (sums[k] as number) + (row[k] as number);
}

/** Writes the means of one row and takes the sums on to the next. */
function moveRow(
  sums: Float64Array,
  how: {
    from: Float32Array;
    to: Float32Array;
    next: number;
    gone: number;
    here: number;
    share: number;
  },
): void {
  const { from, to, next, gone, here, share } = how;
  for (let k = 0; k < sums.length; k++) {
    const sum = sums[k] as number;
    to[here + k] = sum * share;
    sums[k] = sum + (from[next + k] as number) - (from[gone + k] as number);
  }
}
