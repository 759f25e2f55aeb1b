import { assemble, functionOf, signed } from './wasm-assembler.ts';

/**
 * The inner loops of `resample-bicubic.ts` as WebAssembly SIMD. Weights are pairs of
 * 16-bit integers, so that one instruction multiplies two taps of four channels and adds them.
 *
 *   columns(in, weights, pairs, row, out, bytes)   one output row: taps lie `row` bytes apart, 16 bytes a turn
 *   rows(in, starts, weights, pairs, out, count)   one output row: taps lie 3 bytes apart, one pixel a turn; `pairs` is even
 *
 * Both read and write up to 16 bytes past their ends: the caller leaves room.
 */
export type BicubicKernel = {
  columns(from: number, weights: number, pairs: number, row: number, out: number, bytes: number): void;
  rows(from: number, starts: number, weights: number, pairs: number, out: number, count: number): void;
};

/** Weights are integers of this many bits after the point, as in libvips. */
export const WEIGHT_BITS = 12;

/** A lane of a swizzle that gives 0. */
const NONE = 0x80;

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
  load128: [0xfd, 0x00, 0, 0],
  splat32: (offset: number) => [0xfd, 0x09, 2, offset],
  constV: (bytes: number[]) => [0xfd, 0x0c, ...bytes],
  swizzle: [0xfd, 0x0e],
  store32: [0xfd, 0x5a, 0, 0, 0],
  store128: [0xfd, 0x0b, 0, 0],
  half: [0xfd, 0x0c, ...new Array(4).fill([0, 1 << (WEIGHT_BITS - 1 - 8), 0, 0]).flat()],
  shuffle: (lanes: number[]) => [0xfd, 0x0d, ...lanes],
  dot: [0xfd, 0xba, 0x01],
  addV: [0xfd, 0xae, 0x01],
  shiftV: [...[0x41, WEIGHT_BITS], 0xfd, 0xac, 0x01],
  narrow16: [0xfd, 0x85, 0x01], // i32 to i16, saturated
  narrow8: [0xfd, 0x66], // i16 to u8, saturated
  widenLow: [0xfd, 0x89, 0x01], // u8 to i16
  widenHigh: [0xfd, 0x8a, 0x01],
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

function columns(): number[] {
  const [from, weights, pairs, row, out, bytes, p, w, left] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
  const sums = [9, 10, 11, 12];
  const [a, b, weight] = [13, 14, 15] as const;
  // Bytes of both rows in turn, eight columns from `at` on.
  const mixed = (at: number): number[] => [
    ...[...op.get(a), ...op.get(b)],
    ...op.shuffle([0, 1, 2, 3, 4, 5, 6, 7].flatMap((lane) => [at + lane, at + lane + 16])),
  ];
  const products = (acc: number, taps: number[]): number[] => [
    ...[...taps, ...op.get(weight), ...op.dot, ...op.get(acc), ...op.addV, ...op.set(acc)],
  ];
  const turn = [
    ...[a, b].flatMap((each) => [
      ...[...op.get(p), ...op.load128, ...op.set(each)],
      ...[...op.get(p), ...op.get(row), ...op.add, ...op.set(p)],
    ]),
    ...[...op.get(w), ...op.splat32(0), ...op.set(weight)],
    ...sums.flatMap((acc, i) =>
      products(acc, [...mixed(i < 2 ? 0 : 8), ...(i % 2 ? op.widenHigh : op.widenLow)]),
    ),
    ...plus(w, 4),
  ];
  const pairOf = (first: number): number[] => [
    ...[...rounded(sums[first] as number), ...rounded(sums[first + 1] as number), ...op.narrow16],
  ];
  const body = [
    ...op.loop,
    ...[...op.get(from), ...op.set(p), ...op.get(weights), ...op.set(w), ...op.get(pairs), ...op.set(left)],
    ...sums.flatMap(zero),
    ...[...op.loop, ...turn, ...again(left, 1)],
    ...[...op.get(out), ...pairOf(0), ...pairOf(2), ...op.narrow8, ...op.store128],
    ...[...plus(from, 16), ...plus(out, 16), ...again(bytes, 16)],
  ];
  return functionOf({ ints: 3, vectors: 7 }, body);
}

function rows(): number[] {
  const [from, starts, weights, pairs, out, count, p, left, even, odd, v] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ] as const;
  // r g b r g b → (r r)(g g)(b b), widened: a lane that does not exist gives 0.
  const pairAt = (at: number): number[] =>
    [0, 3, 1, 4, 2, 5].flatMap((lane) => [at + lane, NONE]).concat([NONE, NONE, NONE, NONE]);
  const products = (acc: number, pair: number): number[] => [
    ...[...op.get(v), ...op.constV(pairAt(6 * pair)), ...op.swizzle],
    ...[...op.get(weights), ...op.splat32(4 * pair), ...op.dot, ...op.get(acc), ...op.addV, ...op.set(acc)],
  ];
  const turn = [
    ...[...op.get(p), ...op.load128, ...op.set(v)],
    ...[...products(even, 0), ...products(odd, 1)],
    ...[...plus(p, 12), ...plus(weights, 8)],
  ];
  const sum = [...op.get(even), ...op.get(odd), ...op.addV, ...op.set(even)];
  const body = [
    ...op.loop,
    ...[...op.get(from), ...op.get(starts), ...op.load32, ...op.add, ...op.set(p)],
    ...[...op.get(pairs), ...op.set(left), ...zero(even), ...zero(odd)],
    ...[...op.loop, ...turn, ...again(left, 2)],
    ...[...sum, ...op.get(out), ...rounded(even), ...rounded(even), ...op.narrow16],
    ...[...op.get(even), ...op.narrow8, ...op.store32],
    ...[...plus(starts, 4), ...plus(out, 3), ...again(count, 1)],
  ];
  return functionOf({ ints: 2, vectors: 3 }, body);
}

const compiled = new WebAssembly.Module(
  assemble({ parameters: 6, functions: { columns: columns(), rows: rows() } }),
);

export function bindBicubicKernel(memory: WebAssembly.Memory): BicubicKernel {
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as BicubicKernel;
}
