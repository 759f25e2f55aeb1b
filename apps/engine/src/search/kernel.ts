/**
 * Dot products of one query against many rows as a WebAssembly SIMD kernel, written with a tiny assembler:
 * 16 floats a turn in four accumulators (relaxed fused multiply-add), rows padded to 16 floats.
 *
 *   scan(query, rows, count, strideBytes, out)           rows lie one behind the other
 *   gather(query, base, indices, count, strideBytes, out) rows are named by u32 indices
 */
export type Kernel = {
  scan(query: number, rows: number, count: number, strideBytes: number, out: number): void;
  gather(query: number, base: number, indices: number, count: number, strideBytes: number, out: number): void;
};

export const FLOATS_PER_TURN = 16;

const [I32, V128, VOID] = [0x7f, 0x7b, 0x40];
const op = {
  block: [0x02, VOID],
  loop: [0x03, VOID],
  if: [0x04, VOID],
  end: [0x0b],
  br: (depth: number) => [0x0c, depth],
  brIf: (depth: number) => [0x0d, depth],
  get: (local: number) => [0x20, local],
  set: (local: number) => [0x21, local],
  tee: (local: number) => [0x22, local],
  load32: [0x28, 2, 0],
  storeF32: [0x38, 2, 0],
  const: (value: number) => [0x41, ...signed(value)],
  add: [0x6a],
  sub: [0x6b],
  mul: [0x6c],
  lessUnsigned: [0x49],
  isZero: [0x45],
  addF32: [0x92],
  loadV: (offset: number) => [0xfd, 0x00, 4, offset],
  zeroV: [0xfd, 0x0c, ...new Array(16).fill(0)],
  addV: [0xfd, 0xe4, 0x01],
  multiplyAdd: [0xfd, 0x85, 0x02],
  lane: (lane: number) => [0xfd, 0x1f, lane],
};

function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; ) {
    const byte = rest & 0x7f;
    rest >>= 7;
    const last = (rest === 0 && !(byte & 0x40)) || (rest === -1 && (byte & 0x40) !== 0);
    bytes.push(last ? byte : byte | 0x80);
    if (last) return bytes;
  }
}

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

const vector = (items: number[][]): number[] => [...unsigned(items.length), ...items.flat()];
const section = (id: number, bytes: number[]): number[] => [id, ...unsigned(bytes.length), ...bytes];
const text = (value: string): number[] => [...unsigned(value.length), ...Buffer.from(value)];

/** Body of one kernel; `row` leaves the address of the next row in local `p`. */
function body(
  local: { q: number; n: number; stride: number; out: number; next: number },
  row: number[],
  advance: number[],
): number[] {
  const [p, qq, end, a0, a1, a2, a3] = [0, 1, 2, 3, 4, 5, 6].map((offset) => local.next + offset) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const turn = [a0, a1, a2, a3].flatMap((acc, index) => [
    ...op.get(qq),
    ...op.loadV(index * 16),
    ...op.get(p),
    ...op.loadV(index * 16),
    ...op.get(acc),
    ...op.multiplyAdd,
    ...op.set(acc),
  ]);
  const sum = [
    ...op.get(a0),
    ...op.get(a1),
    ...op.addV,
    ...op.get(a2),
    ...op.get(a3),
    ...op.addV,
    ...op.addV,
    ...op.set(a0),
    ...op.get(a0),
    ...op.lane(0),
    ...op.get(a0),
    ...op.lane(1),
    ...op.addF32,
    ...op.get(a0),
    ...op.lane(2),
    ...op.get(a0),
    ...op.lane(3),
    ...op.addF32,
    ...op.addF32,
  ];
  const code = [
    ...op.get(local.n),
    ...op.isZero,
    ...op.if,
    0x0f,
    ...op.end,
    ...op.get(local.q),
    ...op.get(local.stride),
    ...op.add,
    ...op.set(end),
    ...op.loop,
    ...row,
    ...op.set(p),
    ...op.get(local.q),
    ...op.set(qq),
    ...[a0, a1, a2, a3].flatMap((acc) => [...op.zeroV, ...op.set(acc)]),
    ...op.loop,
    ...turn,
    ...op.get(p),
    ...op.const(64),
    ...op.add,
    ...op.set(p),
    ...op.get(qq),
    ...op.const(64),
    ...op.add,
    ...op.tee(qq),
    ...op.get(end),
    ...op.lessUnsigned,
    ...op.brIf(0),
    ...op.end,
    ...op.get(local.out),
    ...sum,
    ...op.storeF32,
    ...op.get(local.out),
    ...op.const(4),
    ...op.add,
    ...op.set(local.out),
    ...advance,
    ...op.get(local.n),
    ...op.const(1),
    ...op.sub,
    ...op.tee(local.n),
    ...op.brIf(0),
    ...op.end,
    ...op.end,
  ];
  const locals = vector([
    [...unsigned(3), I32],
    [...unsigned(4), V128],
  ]);
  return [...unsigned(locals.length + code.length), ...locals, ...code];
}

function assemble(): Uint8Array<ArrayBuffer> {
  // scan: 0 query, 1 rows, 2 count, 3 stride, 4 out · gather: 0 query, 1 base, 2 indices, 3 count, 4 stride, 5 out
  const scan = body({ q: 0, n: 2, stride: 3, out: 4, next: 5 }, op.get(1), [
    ...op.get(1),
    ...op.get(3),
    ...op.add,
    ...op.set(1),
  ]);
  const gather = body(
    { q: 0, n: 3, stride: 4, out: 5, next: 6 },
    [...op.get(2), ...op.load32, ...op.get(4), ...op.mul, ...op.get(1), ...op.add],
    [...op.get(2), ...op.const(4), ...op.add, ...op.set(2)],
  );
  const types = vector([
    [0x60, ...vector(new Array(5).fill([I32])), 0],
    [0x60, ...vector(new Array(6).fill([I32])), 0],
  ]);
  const memory = [...text('env'), ...text('memory'), 0x02, 0x03, ...unsigned(1), ...unsigned(65536)];
  return new Uint8Array([
    0x00,
    0x61,
    0x73,
    0x6d,
    0x01,
    0x00,
    0x00,
    0x00,
    ...section(1, types),
    ...section(2, vector([memory])),
    ...section(3, vector([[0], [1]])),
    ...section(
      7,
      vector([
        [...text('scan'), 0x00, 0],
        [...text('gather'), 0x00, 1],
      ]),
    ),
    ...section(10, vector([scan, gather])),
  ]);
}

const compiled = new WebAssembly.Module(assemble());

/** The kernel over a shared memory; any number of threads may hold one over the same memory. */
export function bindKernel(memory: WebAssembly.Memory): Kernel {
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Kernel;
}
