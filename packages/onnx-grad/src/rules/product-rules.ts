import type { GraphBuilder } from '../graph/builder.ts';
import { sameDims } from '../graph/dims.ts';
import { GraphError } from '../graph/graph-error.ts';
import { floatAttribute, intAttribute, stringAttribute } from '../graph/ir.ts';
import { elementCount } from '../graph/tensor.ts';
import {
  calc,
  type GradientRule,
  type GradientRules,
  outputGrad,
  reshape,
  swapLast,
  unbroadcast,
} from './gradient-rule.ts';
import { tallProduct } from './tall-product.ts';

interface Product {
  a: string;
  b: string;
  g: string;
  wanted: boolean[];
}

/** [..., K] × [K, N]: both gradients as one Gemm over flattened rows, so that nothing is transposed in memory. */
function linear(builder: GraphBuilder, { a, b, g, wanted }: Product): (string | undefined)[] {
  const [k, n] = builder.dims(b) as [number, number];
  const rows = elementCount(builder.dims(a)) / k;
  const flat = reshape(builder, { x: g, dims: [rows, n] });
  const left = () => builder.op('Gemm', [flat, b], { transB: 1 });
  const right = () =>
    tallProduct(builder, { left: reshape(builder, { x: a, dims: [rows, k] }), right: flat, alpha: 1 });
  return [
    wanted[0] ? reshape(builder, { x: left(), dims: builder.dims(a) }) : undefined,
    wanted[1] ? right() : undefined,
  ];
}

/** Y = A·B: dA = G·Bᵀ, dB = Aᵀ·G, summed over the batch axes along which an operand was broadcast. */
const matMul: GradientRule = (context) => {
  const { builder, wanted } = context;
  const [a, b] = context.node.inputs as [string, string];
  const [ra, rb] = [builder.dims(a).length, builder.dims(b).length];
  const g = outputGrad(context);
  if (ra > 1 && rb === 2) return linear(builder, { a, b, g, wanted });
  const left = ra === 1 ? reshape(builder, { x: a, dims: [1, ...builder.dims(a)] }) : a;
  const right = rb === 1 ? reshape(builder, { x: b, dims: [...builder.dims(b), 1] }) : b;
  const batch = builder.dims(g).slice(0, builder.dims(g).length - (ra > 1 ? 1 : 0) - (rb > 1 ? 1 : 0));
  const rows = builder.dims(left).at(-2)!;
  const columns = builder.dims(right).at(-1)!;
  const full = reshape(builder, { x: g, dims: [...batch, rows, columns] });
  const back = (value: string, like: { matrix: string; input: string }) =>
    reshape(builder, {
      x: unbroadcast(builder, { value, like: like.matrix }),
      dims: builder.dims(like.input),
    });
  return [
    wanted[0] ? back(timesTurned(builder, { left: full, right }), { matrix: left, input: a }) : undefined,
    wanted[1] ? back(turnedTimes(builder, { left, right: full }), { matrix: right, input: b }) : undefined,
  ];
};

/** leftᵀ·right of batched matrices, the narrower one turned round: a turned left operand is the runtime's slow one. */
function turnedTimes(builder: GraphBuilder, { left, right }: { left: string; right: string }): string {
  const wide = builder.dims(left).at(-1)! > builder.dims(right).at(-1)!;
  if (!wide) return builder.op('MatMul', [swapLast(builder, left), right]);
  return swapLast(builder, builder.op('MatMul', [swapLast(builder, right), left]));
}

/**
 * left·rightᵀ of batched matrices. With one batch axis the runtime draws the Transpose into the product, instead of
 * joining it to one that splits heads: the heads are then split once for the forward and the backward product.
 */
function timesTurned(builder: GraphBuilder, { left, right }: { left: string; right: string }): string {
  const [a, b] = [builder.dims(left), builder.dims(right)];
  const turned = swapLast(builder, right);
  const undone = builder.producers.get(turned)?.inputs[0] !== right;
  if (undone || a.length < 4 || !sameDims(a.slice(0, -2), b.slice(0, -2)))
    return builder.op('MatMul', [left, turned]);
  const batch = elementCount(a.slice(0, -2));
  const flat = (x: string) => reshape(builder, { x, dims: [batch, ...builder.dims(x).slice(-2)] });
  const product = builder.op('MatMul', [flat(left), swapLast(builder, flat(right))]);
  return reshape(builder, { x: product, dims: [...a.slice(0, -1), b.at(-2)!] });
}

/** Y = α·A'·B' + β·C with either operand transposed. */
const gemm: GradientRule = (context) => {
  const { builder, node, wanted } = context;
  const [a, b, bias] = node.inputs as [string, string, string | undefined];
  const g = outputGrad(context);
  const ta = intAttribute(node, 'transA') ?? 0;
  const tb = intAttribute(node, 'transB') ?? 0;
  const alpha = { float: floatAttribute(node, 'alpha') ?? 1 };
  const beta = floatAttribute(node, 'beta') ?? 1;
  const product = (x: string, y: string, flags: { transA: number; transB: number }) =>
    builder.op('Gemm', [x, y], { ...flags, alpha });
  const forA = () =>
    ta ? product(b, g, { transA: tb, transB: 1 }) : product(g, b, { transA: 0, transB: tb ? 0 : 1 });
  const forB = () => {
    if (ta) return tb ? product(g, a, { transA: 1, transB: 1 }) : product(a, g, { transA: 0, transB: 0 });
    return tallProduct(builder, { left: tb ? g : a, right: tb ? a : g, alpha: alpha.float });
  };
  const forC = () => {
    const sum = unbroadcast(builder, { value: g, like: bias! });
    return beta === 1 ? sum : calc(builder).mul(sum, beta);
  };
  return [
    wanted[0] ? forA() : undefined,
    wanted[1] ? forB() : undefined,
    bias && wanted[2] ? forC() : undefined,
  ];
};

/** Einsum: the gradient of an operand is the einsum of the output's gradient with the other operands. */
const einsum: GradientRule = (context) => {
  const { builder, node } = context;
  const equation = (stringAttribute(node, 'equation') ?? '').replaceAll(' ', '');
  const [left = '', right = ''] = equation.split('->');
  const terms = left.split(',');
  const g = outputGrad(context);
  const place = { operator: node.opType, node: node.name };
  if (/[.]/.test(equation) || terms.some((term) => new Set(term).size !== term.length)) {
    throw new GraphError(
      'missing_gradient_rule',
      `Einsum '${node.name}': '${equation}' has no gradient rule`,
      place,
    );
  }
  return node.inputs.map((input, i) => {
    if (!context.wanted[i]) return undefined;
    const others = terms.filter((_, k) => k !== i);
    const known = new Set([...right, ...others.join('')]);
    const kept = [...terms[i]!].filter((letter) => known.has(letter)).join('');
    const operands = [g, ...node.inputs.filter((_, k) => k !== i)];
    const value = builder.op('Einsum', operands, { equation: `${[right, ...others].join(',')}->${kept}` });
    const dims = builder.dims(input);
    if (sameDims(builder.dims(value), dims)) return value;
    const open = [...terms[i]!].map((letter, axis) => (known.has(letter) ? dims[axis]! : 1));
    return builder.op('Expand', [reshape(builder, { x: value, dims: open }), builder.ints(dims)]);
  });
};

export const productRules: GradientRules = { MatMul: matMul, Gemm: gemm, Einsum: einsum };
