import type { AttributeInput, GraphBuilder } from '../graph/builder.ts';
import { sameDims, stretchedAxes } from '../graph/dims.ts';
import { GraphError } from '../graph/graph-error.ts';
import type { GraphNode } from '../graph/ir.ts';
import { tensorOf } from '../graph/tensor.ts';

export interface RuleContext {
  builder: GraphBuilder;
  node: GraphNode;
  /** Gradient of the loss with respect to each output; undefined where nothing downstream needs that output. */
  grads: (string | undefined)[];
  /** Which inputs the caller needs a gradient for. */
  wanted: boolean[];
  /** Gradient that already arrived at another value of the graph, if any. */
  gradOf(value: string): string | undefined;
  /** Forward nodes that read a value. */
  readers(value: string): GraphNode[];
}

/** Returns the gradient of each input (same dims as that input); undefined = none, or not wanted. */
export type GradientRule = (context: RuleContext) => (string | undefined)[];
export type GradientRules = Record<string, GradientRule>;

/** Gradient of the first output; rules with one output use it. */
export function outputGrad(context: RuleContext): string {
  const grad = context.grads[0];
  if (grad) return grad;
  const { opType, name } = context.node;
  throw new GraphError(
    'missing_gradient_rule',
    `${opType} '${name}': only its first output can be differentiated`,
    {
      operator: opType,
      node: name,
    },
  );
}

/** Sums a gradient over the axes along which `like` was broadcast, so that it gets the dims of `like`. */
export function unbroadcast(b: GraphBuilder, grad: { value: string; like: string }): string {
  const to = b.dims(grad.like);
  const from = b.dims(grad.value);
  if (sameDims(from, to)) return grad.value;
  const axes = stretchedAxes(to, from);
  if (axes.length && axes.every((axis, i) => axis === i))
    return reshape(b, { x: sumRows(b, { x: grad.value, axes: axes.length }), dims: to });
  const summed = axes.length ? reduceSum(b, { x: grad.value, axes, keep: false }) : grad.value;
  return reshape(b, { x: summed, dims: to });
}

/** Fewer rows than this are summed by ReduceSum. */
const MANY_ROWS = 64;

/** Sum over the first `axes` axes. Many rows are a product with ones: twice as fast as ReduceSum in onnxruntime. */
export function sumRows(b: GraphBuilder, spec: { x: string; axes: number }): string {
  const dims = b.dims(spec.x);
  const [lead, rest] = [dims.slice(0, spec.axes), dims.slice(spec.axes)];
  const [rows, columns] = [lead, rest].map((part) => part.reduce((size, dim) => size * dim, 1)) as [
    number,
    number,
  ];
  if (rows < MANY_ROWS || columns < MANY_ROWS || b.dtype(spec.x) !== 'float32')
    return reduceSum(b, { x: spec.x, axes: lead.map((_, i) => i), keep: false });
  const name = `ones.${rows}`;
  const ones = b.isConstant(name)
    ? name
    : b.initializer(name, tensorOf(new Float32Array(rows).fill(1), { dtype: 'float32', dims: [1, rows] }));
  const sum = b.op('Gemm', [ones, reshape(b, { x: spec.x, dims: [rows, columns] })]);
  return reshape(b, { x: sum, dims: rest });
}

export function reduceSum(b: GraphBuilder, spec: { x: string; axes: number[]; keep: boolean }): string {
  return b.op('ReduceSum', [spec.x, b.ints(spec.axes)], { keepdims: spec.keep ? 1 : 0 });
}

export function reshape(b: GraphBuilder, spec: { x: string; dims: number[] }): string {
  return sameDims(b.dims(spec.x), spec.dims) ? spec.x : b.op('Reshape', [spec.x, b.ints(spec.dims)]);
}

/** Transpose that undoes a Transpose before it instead of being added to it. */
export function transpose(b: GraphBuilder, spec: { x: string; perm: number[] }): string {
  const maker = b.producers.get(spec.x);
  const before = maker?.opType === 'Transpose' ? maker.attributes.perm : undefined;
  if (before?.kind === 'ints' && spec.perm.every((axis, i) => before.value[axis] === i))
    return maker!.inputs[0]!;
  return b.op('Transpose', [spec.x], { perm: spec.perm });
}

/** Swaps the last two axes. */
export function swapLast(b: GraphBuilder, x: string): string {
  const rank = b.dims(x).length;
  const perm = Array.from({ length: rank }, (_, i) => i);
  [perm[rank - 2], perm[rank - 1]] = [rank - 1, rank - 2];
  return transpose(b, { x, perm });
}

/**
 * A scalar that meets dims ending in 1 (weights of 1 × 1 convolutions) gets their rank: onnxruntime's broadcasting goes
 * element by element there for rank 0, ten times slower.
 */
function openScalar(b: GraphBuilder, spec: { x: string; like: string }): string {
  const dims = b.dims(spec.like);
  if (b.dims(spec.x).length > 0 || dims.length < 2 || dims.at(-1) !== 1) return spec.x;
  return reshape(b, { x: spec.x, dims: dims.map(() => 1) });
}

/** Shorthand for arithmetic in rules: `calc(b).mul(x, 2)`; numbers become scalars of the other operand's dtype. */
export function calc(b: GraphBuilder) {
  type Operand = string | number;
  const binary = (op: string) => (x: Operand, y: Operand) => {
    const like = typeof x === 'string' ? x : (y as string);
    const name = (v: Operand) => (typeof v === 'number' ? b.scalarLike(like, v) : v);
    const [left, right] = [name(x), name(y)];
    return b.op(op, [openScalar(b, { x: left, like: right }), openScalar(b, { x: right, like: left })]);
  };
  return {
    add: binary('Add'),
    sub: binary('Sub'),
    mul: binary('Mul'),
    div: binary('Div'),
    pow: binary('Pow'),
    un: (op: string, x: string, attributes: Record<string, AttributeInput> = {}) => b.op(op, [x], attributes),
    /** 1 where the comparison holds, else 0, in the dtype of x. */
    mask: (op: string, x: string, y: Operand) => {
      const other = typeof y === 'number' ? b.scalarLike(x, y) : y;
      return castLike(b, { x: b.op(op, [x, other]), like: x });
    },
  };
}

const CODE: Record<string, number> = { float32: 1, float16: 10, float64: 11 };

export function castLike(b: GraphBuilder, spec: { x: string; like: string }): string {
  return b.op('Cast', [spec.x], { to: CODE[b.dtype(spec.like)] ?? 1 });
}

/** Gradient rule for operators that nothing flows through (comparisons, shapes, indices). */
export const stops: GradientRule = (context) => context.node.inputs.map(() => undefined);
