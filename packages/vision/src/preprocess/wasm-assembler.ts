/** The envelope of a WebAssembly module: numbers, sections, functions over an imported memory. */

const [I32, V128] = [0x7f, 0x7b];

export function signed(value: number): number[] {
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

/** A function with local integers and vectors behind its parameters. */
export function functionOf(locals: { ints: number; vectors: number }, body: number[]): number[] {
  const declared = vector([
    [...unsigned(locals.ints), I32],
    [...unsigned(locals.vectors), V128],
  ]);
  const code = [...declared, ...body, 0x0b];
  return [...unsigned(code.length), ...code];
}

/** Exports `functions`, all of them with `parameters` integers and no result; imports `env.memory`. */
export function assemble(module: {
  parameters: number;
  functions: Record<string, number[]>;
}): Uint8Array<ArrayBuffer> {
  const names = Object.keys(module.functions);
  const type = [0x60, ...vector(new Array(module.parameters).fill([I32])), 0];
  const memory = [...text('env'), ...text('memory'), 0x02, 0x00, ...unsigned(1)];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector([type])),
    ...section(2, vector([memory])),
    ...section(3, vector(names.map(() => [0]))),
    ...section(7, vector(names.map((name, i) => [...text(name), 0x00, i]))),
    ...section(10, vector(Object.values(module.functions))),
  ]);
}
