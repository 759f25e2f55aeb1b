import type { GraphBuilder } from './builder.ts';
import { normalAxis, sameDims } from './dims.ts';
import { type GraphNode, intAttribute, intsAttribute } from './ir.ts';
import { replaceNode } from './replace-node.ts';

const POINTWISE = new Set(
  'Gelu Relu Sigmoid Tanh Erf Exp Neg Sqrt Abs HardSwish HardSigmoid Clip LeakyRelu Elu Softplus Mish'.split(
    ' ',
  ),
);
const BROADCAST = new Set(['Add', 'Sub', 'Mul', 'Div', 'Pow']);

/** Which part of a value is asked for: token `index` of `tokens` along `axis`, or in rows [batch·tokens, …]. */
interface Wanted {
  value: string;
  axis: number;
  /** Rows of all pictures under each other: the axis is 0 and holds batch × tokens. */
  merged: boolean;
}

interface Selection {
  batch: number;
  tokens: number;
  index: number;
  /** Values all of whose readers ask for the token only. */
  narrow: Set<string>;
  /** What was narrowed already. */
  done: Map<string, string>;
}

/**
 * Computes only the tokens that are read. Where a graph gathers one token of [B, T, D] (the class token of a vision
 * transformer), everything that leads to that token alone is done for it alone, forward and backward: the last block's
 * wide layers, its projection, its query and its row of attention. The other rows were dead code; the numbers are the same.
 */
export function selectEarly(b: GraphBuilder): void {
  for (const node of [...b.nodes]) {
    const index = node.opType === 'Gather' ? b.constantOf(node.inputs[1]!) : undefined;
    const x = node.inputs[0]!;
    const dims = b.has(x) ? b.dims(x) : [];
    if (index?.length !== 1 || dims.length !== 3 || normalAxis(intAttribute(node, 'axis') ?? 0, 3) !== 1)
      continue;
    const [batch, tokens] = dims as [number, number, number];
    const from = b.nodes.length;
    const selection = {
      batch,
      tokens,
      index: normalAxis(index[0]!, tokens),
      narrow: new Set<string>(),
      done: new Map<string, string>(),
    };
    const wanted = { value: x, axis: 1, merged: false };
    findNarrow(b, { selection, wanted });
    const result = b.op('Reshape', [narrowed(b, { selection, wanted }), b.ints(b.dims(node.outputs[0]!))]);
    replaceNode(b, { node, from, result });
  }
}

/** Marks, from the reader backwards, the values that nobody reads whole. */
function findNarrow(b: GraphBuilder, request: Omit<Request, 'emit' | 'select'>): void {
  const readers = countReaders(b.nodes);
  const asked = new Map<string, number>();
  const queue: Wanted[] = [];
  const select = (wanted: Wanted) => {
    const count = (asked.get(wanted.value) ?? 0) + 1;
    asked.set(wanted.value, count);
    if (count === readers.get(wanted.value) && b.producers.has(wanted.value)) queue.push(wanted);
    return wanted.value;
  };
  select(request.wanted);
  for (let wanted = queue.shift(); wanted; wanted = queue.shift()) {
    const node = b.producers.get(wanted.value)!;
    const way = throughNode(b, { ...request, wanted, node, select, emit: () => wanted!.value });
    if (way !== undefined) request.selection.narrow.add(wanted.value);
  }
}

function countReaders(nodes: GraphNode[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const node of nodes) for (const input of node.inputs) counts.set(input, (counts.get(input) ?? 0) + 1);
  return counts;
}

interface Request {
  selection: Selection;
  wanted: Wanted;
  /** Narrowed form of an operand. */
  select(wanted: Wanted): string;
  /** Adds a node, or only pretends to. */
  emit: GraphBuilder['op'];
}

function narrowed(b: GraphBuilder, at: Omit<Request, 'select' | 'emit'>): string {
  const { selection, wanted } = at;
  const known = selection.done.get(wanted.value);
  if (known) return known;
  const select = (next: Wanted) => narrowed(b, { selection, wanted: next });
  const emit: GraphBuilder['op'] = (...args) => b.op(...args);
  const node = b.producers.get(wanted.value);
  const through = selection.narrow.has(wanted.value) && node;
  const result =
    (through && throughNode(b, { ...at, node, select, emit })) || cut(b, { ...at, select, emit });
  selection.done.set(wanted.value, result);
  return result;
}

function throughNode(b: GraphBuilder, at: Request & { node: GraphNode }): string | undefined {
  const { node, wanted } = at;
  const { opType } = node;
  const last = b.dims(wanted.value).length - 1;
  const again = (inputs: string[]) => at.emit(opType, inputs, node.attributes);
  const select = (value: string, axis = wanted.axis) => at.select({ ...wanted, value, axis });
  const [first, ...rest] = node.inputs as [string, ...string[]];
  if (POINTWISE.has(opType)) return again([select(first), ...rest]);
  if (opType === 'LayerNormalization' || opType === 'Softmax') {
    const axis = normalAxis(intAttribute(node, 'axis') ?? -1, last + 1);
    const plain = node.outputs.length === 1 && axis === last && wanted.axis !== last;
    return plain ? again([select(first), ...rest]) : undefined;
  }
  if (BROADCAST.has(opType)) return again(node.inputs.map((input) => operand(b, { ...at, input })));
  const rows = (intAttribute(node, 'transA') ?? 0) === 0 && (!rest[1] || b.dims(rest[1]).length < 2);
  if (opType === 'Gemm' && wanted.axis === 0 && rows) return again([select(first), ...rest]);
  if (opType === 'MatMul' && wanted.axis === last - 1 && b.dims(first).length === last + 1) {
    return again([select(first), ...rest]);
  }
  if (opType === 'Transpose')
    return again([select(first, intsAttribute(node, 'perm')?.[wanted.axis] ?? last - wanted.axis)]);
  return opType === 'Reshape' ? throughReshape(b, at) : undefined;
}

/** An operand of a broadcast operator: narrowed where it has the token axis, as it is where it is stretched over it. */
function operand(b: GraphBuilder, at: Request & { input: string }): string {
  const { wanted, input } = at;
  const rank = b.dims(wanted.value).length;
  const axis = wanted.axis - (rank - b.dims(input).length);
  if (axis < 0 || b.dims(input)[axis] === 1) return input;
  return at.select({ ...wanted, value: input, axis });
}

/** Between [B, T, …] and rows [B·T, D]. */
function throughReshape(b: GraphBuilder, at: Request & { node: GraphNode }): string | undefined {
  const { wanted, selection, node } = at;
  const { batch, tokens } = selection;
  const input = node.inputs[0]!;
  const [from, to] = [b.dims(input), b.dims(wanted.value)];
  const split = (dims: number[]) => dims.length >= 3 && dims[0] === batch && dims[1] === tokens;
  const rows = (dims: number[]) => dims.length === 2 && dims[0] === batch * tokens;
  const goesOn = (merged: boolean) => at.select({ value: input, axis: merged ? 0 : 1, merged });
  if (wanted.merged && split(from) && rows(to)) {
    return at.emit('Reshape', [goesOn(false), b.ints([batch, to[1]!])]);
  }
  if (
    !wanted.merged &&
    wanted.axis === 1 &&
    split(to) &&
    (rows(from) || sameDims(from.slice(0, 2), to.slice(0, 2)))
  ) {
    return at.emit('Reshape', [goesOn(rows(from)), b.ints([batch, 1, ...to.slice(2)])]);
  }
  return undefined;
}

function cut(b: GraphBuilder, { selection, wanted }: Request): string {
  const { batch, tokens, index } = selection;
  const dims = b.dims(wanted.value);
  const pick = (value: string, axis: number) =>
    b.op('Slice', [value, b.ints([index]), b.ints([index + 1]), b.ints([axis])]);
  if (!wanted.merged) return pick(wanted.value, wanted.axis);
  const open = b.op('Reshape', [wanted.value, b.ints([batch, tokens, ...dims.slice(1)])]);
  return b.op('Reshape', [pick(open, 1), b.ints([batch, ...dims.slice(1)])]);
}
