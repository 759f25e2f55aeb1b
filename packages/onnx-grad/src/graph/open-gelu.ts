import { normalCdf } from '../rules/gelu-gate.ts';
import type { GraphBuilder } from './builder.ts';
import { floatAttribute, type GraphNode, intAttribute, stringAttribute } from './ir.ts';
import { type LiveReaders, liveReaders } from './live-readers.ts';
import { replaceNode } from './replace-node.ts';

interface Opening {
  b: GraphBuilder;
  readers: LiveReaders;
  node: GraphNode;
}

/**
 * GELU (Hendrycks & Gimpel 2016) written out where something before it is trained: x·Φ(x) with Φ(x) = ½ − ½·erf(w) and
 * w = −x/√2. The error function, the dearest part, is then computed once for the forward and the backward pass, whose
 * rule knows the product (`rules/gelu-gate.ts`).
 *
 * Between two Gemms the factors cost nothing: −1/√2 goes into the first one's, and −√2 into the second one's. The first
 * one's bias is added behind it, in the pass that w costs anyway: the runtime writes a bias into the result of a Gemm
 * with one core before it begins.
 */
export function openGelu(
  b: GraphBuilder,
  spec: { outputs: readonly string[]; trainable: ReadonlySet<string> },
): void {
  const readers = liveReaders(b, spec.outputs);
  const trained = new Set(spec.trainable);
  for (const node of readers.nodes) {
    if (!node.inputs.some((input) => trained.has(input))) continue;
    for (const output of node.outputs) trained.add(output);
    if (node.opType !== 'Gelu' || stringAttribute(node, 'approximate') === 'tanh') continue;
    const opening = { b, readers, node };
    const between = !spec.outputs.includes(node.outputs[0]!) && gemmsAround(opening);
    if (between) openBetween(opening, between);
    else openAlone(opening);
  }
}

function openAlone({ b, node }: Opening): void {
  const from = b.nodes.length;
  const x = node.inputs[0]!;
  const w = b.op('Mul', [x, b.scalarLike(x, -Math.SQRT1_2)]);
  replaceNode(b, { node, from, result: b.op('Mul', [x, normalCdf(b, w)]) });
}

interface Gemms {
  before: GraphNode;
  after: GraphNode[];
}

function gemmsAround({ b, readers, node }: Opening): Gemms | undefined {
  const before = readers.makerForOne(node.inputs[0]!);
  const after = readers.of(node.outputs[0]!);
  const bias = before?.opType === 'Gemm' ? before.inputs[2] : undefined;
  if (!before || !bias || b.dims(bias).length !== 1 || (floatAttribute(before, 'beta') ?? 1) !== 1)
    return undefined;
  const takes = (reader: GraphNode) =>
    reader.opType === 'Gemm' &&
    !intAttribute(reader, 'transA') &&
    reader.inputs.filter((input) => input === node.outputs[0]).length === 1 &&
    reader.inputs[0] === node.outputs[0];
  return after.length > 0 && after.every(takes) ? { before, after } : undefined;
}

function openBetween({ b }: Pick<Opening, 'b'>, { before, after }: Gemms): void {
  let from = b.nodes.length;
  const [x, weight, bias] = before.inputs as [string, string, string];
  const w = b.op('Add', [
    b.op('Gemm', [x, weight], timesAlpha(before, -Math.SQRT1_2)),
    b.op('Mul', [bias, b.scalarLike(bias, -Math.SQRT1_2)]),
  ]);
  const gated = b.op('Mul', [w, normalCdf(b, w)]);
  for (const reader of after) {
    const [, ...rest] = reader.inputs;
    const result = b.op('Gemm', [gated, ...rest], timesAlpha(reader, -Math.SQRT2));
    replaceNode(b, { node: reader, from, result });
    from = b.nodes.length;
  }
}

function timesAlpha(gemm: GraphNode, factor: number): GraphNode['attributes'] {
  const alpha = (floatAttribute(gemm, 'alpha') ?? 1) * factor;
  return { ...gemm.attributes, alpha: { kind: 'float', value: alpha } };
}
