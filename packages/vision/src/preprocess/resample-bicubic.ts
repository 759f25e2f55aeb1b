import type { Raster } from '../decode/raster.ts';
import { type BicubicKernel, bindBicubicKernel, WEIGHT_BITS } from './bicubic-kernel.ts';

/** Weights of one axis: output i is the sum over k < 2·pairs of `values[2·pairs·i + k]` × input `first[i] + k`. */
type Weights = { pairs: number; first: Int32Array; values: Int16Array };

const memory = new WebAssembly.Memory({ initial: 16 });
const kernel: BicubicKernel = bindBicubicKernel(memory);
/** What the kernel may read or write past an end. */
const ROOM = 16;

/**
 * Room for the pixels of a picture that goes to `resampleBicubic` next: it finds them there and copies nothing. Good
 * until the next call of this module.
 */
export function roomForPixels(bytes: number): Uint8Array {
  hold(bytes + ROOM);
  return new Uint8Array(memory.buffer, 0, bytes);
}

/**
 * Bicubic (Catmull-Rom), antialiased, along columns, then along rows, rounded to bytes in between: reduces as libvips'
 * `cubic` does (0.1 of 255 apart on average), without the 1 ms that a pipeline of libvips costs however small the picture.
 * rgbrgb… in and out.
 */
export function resampleBicubic(raster: Raster, size: { width: number; height: number }): Uint8Array {
  const [down, across] = [axis(raster.height, size.height), axis(raster.width, size.width)];
  const row = raster.width * 3;
  const starts = across.first.map((each) => each * 3);
  let end = 0;
  const place = (bytes: number): number => {
    const at = end;
    end += (bytes + 2 * ROOM) & ~15;
    return at;
  };
  // Taps past the last one have no weight, but are read: a column of pairs may look beyond the picture.
  const pixels = place(raster.data.length + (2 * down.pairs * row + 6 * across.pairs));
  const [line, out] = [place(row + 6 * across.pairs), place(size.width * size.height * 3)];
  const [downAt, acrossAt] = [place(down.values.byteLength), place(across.values.byteLength)];
  const startsAt = place(starts.byteLength);
  const there = raster.data.buffer === memory.buffer && raster.data.byteOffset === pixels;
  hold(end);
  const bytes = new Uint8Array(memory.buffer);
  if (!there) bytes.set(raster.data, pixels);
  for (const [at, table] of [
    [downAt, down.values],
    [acrossAt, across.values],
    [startsAt, starts],
  ] as const)
    bytes.set(new Uint8Array(table.buffer), at);
  for (let y = 0; y < size.height; y++) {
    const from = pixels + (down.first[y] as number) * row;
    kernel.columns(from, downAt + y * down.pairs * 4, down.pairs, row, line, row);
    kernel.rows(line, startsAt, acrossAt, across.pairs, out + y * size.width * 3, size.width);
  }
  return bytes.slice(out, out + size.width * size.height * 3);
}

function hold(bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65536));
}

/** The last axes asked for: pictures of a shop mostly have one size. */
const axes = new Map<string, Weights>();
const AXES_MAX = 16;

function axis(from: number, to: number): Weights {
  const key = `${from}>${to}`;
  const known = axes.get(key);
  if (known) return known;
  if (axes.size >= AXES_MAX) axes.clear();
  const made = weightsOf(from, to);
  axes.set(key, made);
  return made;
}

function weightsOf(from: number, to: number): Weights {
  const scale = from / to;
  const stretch = Math.max(1, scale);
  const pairs = 2 * Math.ceil(tapsOf(from, to) / 4); // even, for the kernel's rows
  const taps = 2 * pairs;
  const first = new Int32Array(to);
  const values = new Int16Array(to * taps);
  const weights = new Float64Array(taps);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale - 0.5;
    const begin = Math.ceil(centre - 2 * stretch);
    const start = Math.max(0, begin);
    weights.fill(0);
    let sum = 0;
    for (let at = begin; at <= centre + 2 * stretch; at++) {
      const weight = catmullRom(Math.abs(at - centre) / stretch);
      const inside = Math.min(from - 1, Math.max(0, at)); // the edge goes on outside
      weights[inside - start] = (weights[inside - start] as number) + weight;
      sum += weight;
    }
    first[i] = start;
    setWhole(values.subarray(i * taps, (i + 1) * taps), weights, sum);
  }
  return { pairs, first, values };
}

/** The most inputs that any output reads. */
function tapsOf(from: number, to: number): number {
  const scale = from / to;
  const reach = 2 * Math.max(1, scale);
  let most = 0;
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale - 0.5;
    const begin = Math.max(0, Math.ceil(centre - reach));
    most = Math.max(most, Math.floor(centre + reach) - begin + 1);
  }
  return most;
}

/** Integers whose sum is exactly one, so that a plain area keeps its colour; the largest takes what rounding left. */
function setWhole(to: Int16Array, weights: Float64Array, sum: number): void {
  let rest = 1 << WEIGHT_BITS;
  let largest = 0;
  for (let k = 0; k < to.length; k++) {
    to[k] = Math.round(((weights[k] as number) / sum) * (1 << WEIGHT_BITS));
    rest -= to[k] as number;
    if ((to[k] as number) > (to[largest] as number)) largest = k;
  }
  to[largest] = (to[largest] as number) + rest;
}

function catmullRom(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}
