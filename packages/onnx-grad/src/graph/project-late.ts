import type { GraphBuilder } from './builder.ts';
import { floatAttribute, intAttribute, intsAttribute } from './ir.ts';
import { type LiveReaders, liveReaders } from './live-readers.ts';
import { replaceNode } from './replace-node.ts';

/** Rows X [B·T, D] or [B, T, D], projected to heads [B, T, H, d] by W and a bias. */
interface Heads {
  x: string;
  weight: string;
  /** Weights as [D, H·d]; otherwise [H·d, D], as torch.nn.Linear has them. */
  plain: boolean;
  bias: string | undefined;
  /** Axes of the operand, of [B, T, H, d]: B, H, d, T for keys, B, H, T, d for values. */
  kind: 'keys' | 'values';
  tokens: number;
  width: number;
}

/**
 * Attention of few queries without keys and values. Where only the class token's row of attention is read, q·(X·W)ᵀ is
 * (q·Wᵀ)·Xᵀ and p·(X·W) is (p·X)·W: products of one row in place of one for every token, forward and backward. Same
 * numbers but for rounding. Products that this would not make at least twice as cheap stay as they are.
 * `outputs`: the values that are read in the end.
 */
export function projectLate(b: GraphBuilder, outputs: readonly string[]): void {
  const { nodes, makerForOne } = liveReaders(b, outputs);
  for (const node of nodes) {
    const [left = '', right = ''] = node.inputs;
    if (node.opType !== 'MatMul' || b.dims(left).length !== 4) continue;
    const heads = headsOf(b, { value: right, maker: makerForOne });
    if (!heads || !pays(b, { left, heads })) continue;
    const from = b.nodes.length;
    const spec = { b, left, heads };
    replaceNode(b, { node, from, result: heads.kind === 'keys' ? lateKeys(spec) : lateValues(spec) });
  }
}

/** Multiplications of a picture: all tokens through W, against the rows of `left` through W and X. */
function pays(b: GraphBuilder, spec: { left: string; heads: Heads }): boolean {
  const [, count, rows] = b.dims(spec.left) as [number, number, number, number];
  const { tokens, width, x } = spec.heads;
  const from = b.dims(x).at(-1)!;
  return 2 * rows * count * from * (width + tokens) < tokens * from * count * width;
}

const KINDS: Record<string, Heads['kind']> = { '0,2,3,1': 'keys', '0,2,1,3': 'values' };

/** The projection behind an operand of attention, if nobody else reads what lies between. */
function headsOf(
  b: GraphBuilder,
  { value, maker }: { value: string; maker: LiveReaders['makerForOne'] },
): Heads | undefined {
  let [name, perm] = [value, [0, 1, 2, 3]];
  let node = maker(name);
  for (; node?.opType === 'Transpose'; node = maker(name)) {
    const inner = intsAttribute(node, 'perm') ?? [3, 2, 1, 0];
    perm = perm.map((axis) => inner[axis]!);
    name = node.inputs[0]!;
  }
  const kind = KINDS[perm.join()];
  const [, tokens, count, width] = b.dims(name) as [number, number, number, number];
  if (node?.opType !== 'Reshape' || !kind || b.dims(node.inputs[0]!).at(-1) !== count * width)
    return undefined;
  const product = projection(b, { value: node.inputs[0]!, maker });
  return product && { ...product, kind, tokens, width };
}

type Projection = Pick<Heads, 'x' | 'weight' | 'plain' | 'bias'>;

/** Gemm of rows, MatMul, or MatMul and Add of a bias. */
function projection(
  b: GraphBuilder,
  at: { value: string; maker: LiveReaders['makerForOne'] },
): Projection | undefined {
  const node = at.maker(at.value);
  if (node?.opType === 'Add') {
    const [left, right] = node.inputs as [string, string];
    const bias = [left, right].find((input) => b.dims(input).length === 1);
    const rest = bias && projection(b, { ...at, value: bias === left ? right : left });
    return rest && !rest.bias ? { ...rest, bias } : undefined;
  }
  const [x = '', weight = '', bias] = node?.inputs ?? [];
  if (!node || !weight || b.dims(weight).length !== 2) return undefined;
  if (node.opType === 'MatMul') return { x, weight, plain: true, bias: undefined };
  const factors = [floatAttribute(node, 'alpha') ?? 1, floatAttribute(node, 'beta') ?? 1];
  const simple = !intAttribute(node, 'transA') && factors.every((factor) => factor === 1);
  if (node.opType !== 'Gemm' || !simple || (bias && b.dims(bias).length !== 1)) return undefined;
  return { x, weight, plain: !intAttribute(node, 'transB'), bias };
}

interface Late {
  b: GraphBuilder;
  left: string;
  heads: Heads;
}

/** (q·Wᵀ)·Xᵀ + q·bias for q [B, H, M, d]. */
function lateKeys({ b, left, heads }: Late): string {
  const [batch, count, rows, width] = b.dims(left) as [number, number, number, number];
  const turned = perHead(b, left);
  const from = b.dims(heads.x).at(-1)!;
  const asked = fromHeads(b, b.op('MatMul', [turned, weightOfHeads(b, { heads, count })]), batch);
  const flat = reshaped(b, asked, [batch, count * rows, from]);
  const tokens = b.op('Transpose', [pictures(b, { heads, batch })], { perm: [0, 2, 1] });
  const scores = reshaped(b, b.op('MatMul', [flat, tokens]), [batch, count, rows, heads.tokens]);
  if (!heads.bias) return scores;
  const bias = reshaped(b, heads.bias, [count, width, 1]);
  return b.op('Add', [scores, fromHeads(b, b.op('MatMul', [turned, bias]), batch)]);
}

/** (p·X)·W + Σp·bias for p [B, H, M, T]. */
function lateValues({ b, left, heads }: Late): string {
  const [batch, count, rows, tokens] = b.dims(left) as [number, number, number, number];
  const flat = reshaped(b, left, [batch, count * rows, tokens]);
  const from = b.dims(heads.x).at(-1)!;
  const mixed = b.op('MatMul', [flat, pictures(b, { heads, batch })]);
  const open = perHead(b, reshaped(b, mixed, [batch, count, rows, from]));
  const weight = b.op('Transpose', [weightOfHeads(b, { heads, count })], { perm: [0, 2, 1] });
  const result = fromHeads(b, b.op('MatMul', [open, weight]), batch);
  if (!heads.bias) return result;
  const sums = b.op('ReduceSum', [left, b.ints([-1])], { keepdims: 1 });
  const bias = reshaped(b, heads.bias, [count, 1, heads.width]);
  return b.op('Add', [result, b.op('Mul', [sums, bias])]);
}

/** [H, d, D]. */
function weightOfHeads(b: GraphBuilder, spec: { heads: Heads; count: number }): string {
  const { weight, plain, width, x } = spec.heads;
  const rows = plain ? b.op('Transpose', [weight], { perm: [1, 0] }) : weight;
  return reshaped(b, rows, [spec.count, width, b.dims(x).at(-1)!]);
}

/** X as [B, T, D]. */
function pictures(b: GraphBuilder, spec: { heads: Heads; batch: number }): string {
  const { x, tokens } = spec.heads;
  return reshaped(b, x, [spec.batch, tokens, b.dims(x).at(-1)!]);
}

/** [B, H, M, n] → [H, B·M, n]: one product of a head for all pictures. */
function perHead(b: GraphBuilder, x: string): string {
  const [batch, count, rows, size] = b.dims(x) as [number, number, number, number];
  return reshaped(b, b.op('Transpose', [x], { perm: [1, 0, 2, 3] }), [count, batch * rows, size]);
}

/** [H, B·M, n] → [B, H, M, n]. */
function fromHeads(b: GraphBuilder, x: string, batch: number): string {
  const [count, rows, size] = b.dims(x) as [number, number, number];
  const open = reshaped(b, x, [count, batch, rows / batch, size]);
  return b.op('Transpose', [open], { perm: [1, 0, 2, 3] });
}

function reshaped(b: GraphBuilder, x: string, dims: number[]): string {
  return b.op('Reshape', [x, b.ints(dims)]);
}
