import { addGradient } from '../gradient/gradient.ts';
import { type AttributeInput, GraphBuilder } from '../graph/builder.ts';
import type { DataType } from '../graph/data-type.ts';
import { elementCount } from '../graph/tensor.ts';
import type { RefTensor } from './kernel.ts';
import { randomNumbers } from './random.ts';
import { runGraph } from './run-graph.ts';

export interface CaseInput {
  dims: number[];
  /** Values are drawn from this range (default −1.5 … 1.5) … */
  range?: [number, number];
  /** … or given: a constant of the graph that gets no gradient. */
  constant?: number[];
  dtype?: DataType;
}

export interface GradientCase {
  op: string;
  inputs: (CaseInput | null)[];
  attributes?: Record<string, AttributeInput>;
  outputs?: number;
  /** Output to differentiate (default 0). */
  output?: number;
  /** In place of one node of `op`: its value from the inputs. */
  make?(b: GraphBuilder, inputs: string[]): string;
}

/**
 * Builds loss = Σ R∘op(x…) with random R, differentiates it with this library's rules, computes both in float64 and
 * returns the largest |analytic − (f(x+h) − f(x−h))/2h| / max(1, |numeric|) over all elements of all inputs.
 */
export function worstGradientError(spec: GradientCase & { seed: number }): number {
  const random = randomNumbers(spec.seed);
  const b = new GraphBuilder();
  const feeds = new Map<string, RefTensor>();
  const names = spec.inputs.map((input, i) => {
    if (!input) return '';
    if (input.constant)
      return b.constant(input.constant, { dtype: input.dtype ?? 'int64', dims: input.dims });
    const [low, high] = input.range ?? [-1.5, 1.5];
    const data = Float64Array.from({ length: elementCount(input.dims) }, () => low + (high - low) * random());
    feeds.set(`x${i}`, { dtype: 'float32', dims: input.dims, data });
    return b.input(`x${i}`, { dtype: 'float32', dims: input.dims });
  });
  const call = { inputs: names, attributes: spec.attributes, outputs: spec.outputs ?? 1 };
  const y = spec.make?.(b, names) ?? b.ops(spec.op, call)[spec.output ?? 0]!;
  const weights = b.input('weights', { dtype: 'float32', dims: b.dims(y) });
  const r = Float64Array.from({ length: elementCount(b.dims(y)) }, () => random() * 2 - 1);
  feeds.set('weights', { dtype: 'float32', dims: b.dims(y), data: r });
  const loss = b.op('ReduceSum', [b.op('Mul', [y, weights])], { keepdims: 0 });
  const forward = { ...b.graph(), nodes: [...b.nodes] };
  const wrt = names.filter((name) => feeds.has(name));
  const grads = addGradient(b, { loss, wrt });
  const values = runGraph(b.graph(), feeds);
  const lossAt = () => runGraph(forward, feeds).get(loss)!.data[0]!;
  return Math.max(
    ...wrt.map((name) => inputError({ x: feeds.get(name)!, grad: values.get(grads.get(name)!), lossAt })),
  );
}

function inputError(spec: { x: RefTensor; grad: RefTensor | undefined; lossAt(): number }): number {
  const { x, grad, lossAt } = spec;
  if (!grad || grad.dims.join() !== x.dims.join()) return Number.POSITIVE_INFINITY;
  const h = 1e-5;
  let worst = 0;
  for (let i = 0; i < x.data.length; i++) {
    const kept = x.data[i]!;
    x.data[i] = kept + h;
    const above = lossAt();
    x.data[i] = kept - h;
    const below = lossAt();
    x.data[i] = kept;
    const numeric = (above - below) / (2 * h);
    worst = Math.max(worst, Math.abs(grad.data[i]! - numeric) / Math.max(1, Math.abs(numeric)));
  }
  return worst;
}
