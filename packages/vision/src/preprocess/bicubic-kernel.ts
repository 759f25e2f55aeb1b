import { assemble, functionOf, signed } from './wasm-assembler.ts';

/**
 * The inner loops of `resample-bicubic.ts` as WebAssembly SIMD. Weights are pairs of
 * 16-bit integers, so that one instruction multiplies two taps of four channels and adds them.
 *
 *   columns(in, weights, pairs, row, out, bytes)   one output row: taps lie `row` bytes apart, 8 bytes a turn
 *   rows(in, starts, weights, pairs, out, count)   one output row: taps lie 3 bytes apart, one pixel a turn
 *
 * Both read and write up to 16 bytes past their ends: the caller leaves room.
 */
export type BicubicKernel = {
  columns(from: number, weights: number, pairs: number, row: number, out: number, bytes: number): void;
  rows(from: number, starts: number, weights: number, pairs: number, out: number, count: number): void;
};

/** Weights are integers of this many bits after the point, as in libvips. */
export const WEIGHT_BITS = 12;

const op = {
  loop: [0x03, 0x40],
  end: [0x0b],
  brIf: (depth: number) => [0x0d, depth],
  get: (local: number) => [0x20, local],
  set: (local: number) => [0x21, local],
  tee: (local: number) => [0x22, local],
  load32: [0x28, 2, 0],
  const: (value: number) => [0x41, ...signed(value)],
  add: [0x6a],
  sub: [0x6b],
  lessSigned: [0x48],
  load8x8: [0xfd, 0x02, 0, 0], // eight bytes widened to 16 bits
  load64: [0xfd, 0x5d, 0, 0],
  splat32: [0xfd, 0x09, 2, 0],
  store32: [0xfd, 0x5a, 0, 0, 0],
  store64: [0xfd, 0x5b, 0, 0, 0],
  half: [0xfd, 0x0c, ...new Array(4).fill([0, 1 << (WEIGHT_BITS - 1 - 8), 0, 0]).flat()],
  shuffle: (lanes: number[]) => [0xfd, 0x0d, ...lanes],
  dot: [0xfd, 0xba, 0x01],
  addV: [0xfd, 0xae, 0x01],
  shiftV: [...[0x41, WEIGHT_BITS], 0xfd, 0xac, 0x01],
  narrow16: [0xfd, 0x85, 0x01], // i32 to i16, saturated
  narrow8: [0xfd, 0x66], // i16 to u8, saturated
  widenLow: [0xfd, 0x89, 0x01], // u8 to i16
};

const plus = (local: number, value: number): number[] => [
  ...op.get(local),
  ...op.const(value),
  ...op.add,
  ...op.set(local),
];
const rounded = (acc: number): number[] => [...op.get(acc), ...op.half, ...op.addV, ...op.shiftV];
const zero = (acc: number): number[] => [0xfd, 0x0c, ...new Array(16).fill(0), ...op.set(acc)];
/** Counts `local` down by `step` and goes on while some is left. */
const again = (local: number, step: number): number[] => [
  ...op.const(0),
  ...op.get(local),
  ...op.const(step),
  ...op.sub,
  ...op.tee(local),
  ...op.lessSigned,
  ...op.brIf(0),
  ...op.end,
];

/** acc += the two taps `taps` (16-bit pairs) × the weights at local `w`. */
const addProducts = (acc: number, taps: number[], w: number): number[] => [
  ...taps,
  ...op.get(w),
  ...op.splat32,
  ...op.dot,
  ...op.get(acc),
  ...op.addV,
  ...op.set(acc),
];

function columns(): number[] {
  const [from, weights, pairs, row, out, bytes, p, w, left, low, high, a, b] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
  ] as const;
  const both = (lanes: number[]): number[] => [...op.get(a), ...op.get(b), ...op.shuffle(lanes)];
  const turn = [
    ...[a, b].flatMap((each) => [
      ...[...op.get(p), ...op.load8x8, ...op.set(each)],
      ...[...op.get(p), ...op.get(row), ...op.add, ...op.set(p)],
    ]),
    ...addProducts(low, both([0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 6, 7, 22, 23]), w),
    ...addProducts(high, both([8, 9, 24, 25, 10, 11, 26, 27, 12, 13, 28, 29, 14, 15, 30, 31]), w),
    ...plus(w, 4),
  ];
  const body = [
    ...op.loop,
    ...[...op.get(from), ...op.set(p), ...op.get(weights), ...op.set(w), ...op.get(pairs), ...op.set(left)],
    ...[...zero(low), ...zero(high)],
    ...[...op.loop, ...turn, ...again(left, 1)],
    ...[...op.get(out), ...rounded(low), ...rounded(high), ...op.narrow16],
    ...[...op.get(out), ...op.load64, ...op.narrow8, ...op.store64],
    ...[...plus(from, 8), ...plus(out, 8), ...again(bytes, 8)],
  ];
  return functionOf({ ints: 3, vectors: 4 }, body);
}

function rows(): number[] {
  const [from, starts, weights, pairs, out, count, p, left, acc, v] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
  // r g b r g b → (r r)(g g)(b b), widened; byte 8 of a 64-bit load is 0.
  const pair = [0, 8, 3, 8, 1, 8, 4, 8, 2, 8, 5, 8, 8, 8, 8, 8];
  const turn = [
    ...[...op.get(p), ...op.load64, ...op.set(v)],
    ...addProducts(acc, [...op.get(v), ...op.get(v), ...op.shuffle(pair)], weights),
    ...[...plus(p, 6), ...plus(weights, 4)],
  ];
  const body = [
    ...op.loop,
    ...[...op.get(from), ...op.get(starts), ...op.load32, ...op.add, ...op.set(p)],
    ...[...op.get(pairs), ...op.set(left), ...zero(acc)],
    ...[...op.loop, ...turn, ...again(left, 1)],
    ...[...op.get(out), ...rounded(acc), ...rounded(acc), ...op.narrow16],
    ...[...op.get(out), ...op.load64, ...op.narrow8, ...op.store32],
    ...[...plus(starts, 4), ...plus(out, 3), ...again(count, 1)],
  ];
  return functionOf({ ints: 2, vectors: 2 }, body);
}

const compiled = new WebAssembly.Module(
  assemble({ parameters: 6, functions: { columns: columns(), rows: rows() } }),
);

export function bindBicubicKernel(memory: WebAssembly.Memory): BicubicKernel {
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as BicubicKernel;
}
