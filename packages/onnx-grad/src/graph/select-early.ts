import type { GraphBuilder } from './builder.ts';
import { normalAxis, sameDims } from './dims.ts';
import { type GraphNode, intAttribute, intsAttribute } from './ir.ts';

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
  readers: Map<string, number>;
}

/**
 * Computes only the tokens that are read. Where a graph gathers one token of [B, T, D] (the class token of a vision
 * transformer), what is done token by token before it, up to the last value that something else reads too, is done for
 * that token alone, forward and backward; the other rows were dead code. Results are the same numbers.
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
    const at = normalAxis(index[0]!, tokens);
    const selection = { batch, tokens, index: at, readers: countReaders(b.nodes) };
    const narrow = narrowed(b, { selection, wanted: { value: x, axis: 1, merged: false } });
    const result = b.op('Reshape', [narrow, b.ints(b.dims(node.outputs[0]!))]);
    replace(b, { node, from, result });
  }
}

function countReaders(nodes: GraphNode[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const node of nodes) for (const input of node.inputs) counts.set(input, (counts.get(input) ?? 0) + 1);
  return counts;
}

/** Puts the new nodes where the Gather stood and lets it pass on their result. */
function replace(b: GraphBuilder, at: { node: GraphNode; from: number; result: string }): void {
  const added = b.nodes.splice(at.from);
  const place = b.nodes.indexOf(at.node);
  b.nodes.splice(place, 0, ...added);
  at.node.opType = 'Identity';
  at.node.inputs = [at.result];
  at.node.attributes = {};
}

type Request = { selection: Selection; wanted: Wanted };

function narrowed(b: GraphBuilder, request: Request): string {
  const { value } = request.wanted;
  const maker = b.producers.get(value);
  const shared = (request.selection.readers.get(value) ?? 0) > 1;
  return (maker && !shared ? throughNode(b, { ...request, node: maker }) : undefined) ?? cut(b, request);
}

function throughNode(b: GraphBuilder, at: Request & { node: GraphNode }): string | undefined {
  const { node, wanted } = at;
  const { opType } = node;
  const last = b.dims(wanted.value).length - 1;
  const again = (inputs: string[]) => b.op(opType, inputs, node.attributes);
  const select = (value: string, axis = wanted.axis) =>
    narrowed(b, { ...at, wanted: { ...wanted, value, axis } });
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
  return narrowed(b, { ...at, wanted: { ...wanted, value: input, axis } });
}

/** Between [B, T, …] and rows [B·T, D]. */
function throughReshape(b: GraphBuilder, at: Request & { node: GraphNode }): string | undefined {
  const { wanted, selection, node } = at;
  const { batch, tokens } = selection;
  const input = node.inputs[0]!;
  const [from, to] = [b.dims(input), b.dims(wanted.value)];
  const split = (dims: number[]) => dims.length >= 3 && dims[0] === batch && dims[1] === tokens;
  const rows = (dims: number[]) => dims.length === 2 && dims[0] === batch * tokens;
  const goesOn = (merged: boolean) =>
    narrowed(b, { ...at, wanted: { value: input, axis: merged ? 0 : 1, merged } });
  if (wanted.merged && split(from) && rows(to)) {
    return b.op('Reshape', [goesOn(false), b.ints([batch, to[1]!])]);
  }
  if (
    !wanted.merged &&
    wanted.axis === 1 &&
    split(to) &&
    (rows(from) || sameDims(from.slice(0, 2), to.slice(0, 2)))
  ) {
    return b.op('Reshape', [goesOn(rows(from)), b.ints([batch, 1, ...to.slice(2)])]);
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
