import { expect, it } from 'vitest';
import { worstGradientError } from '../verify/gradient-check.ts';
import { runGraph } from '../verify/run-graph.ts';
import { GraphBuilder } from './builder.ts';
import { openGelu } from './open-gelu.ts';
import { pruneGraph } from './prune-graph.ts';

const X = [6, 3];
const numbers = (dims: number[], seed: number) => ({
  dtype: 'float32' as const,
  dims,
  data: Float64Array.from(
    { length: dims.reduce((a, d) => a * d, 1) },
    (_, i) => 2 * Math.sin(i * seed + seed),
  ),
});

/** Gemm, GELU and what reads it: a Gemm, or that and an Add. */
function layers(b: GraphBuilder, spec: { inputs: string[]; alone: boolean }): string {
  const [x, w1, b1, w2, b2] = spec.inputs as [string, string, string, string, string];
  const curved = b.op('Gelu', [b.op('Gemm', [x, w1, b1], { transB: 1, alpha: 0.5 })]);
  const result = b.op('Gemm', [curved, w2, b2], { alpha: 2, beta: 3 });
  return spec.alone ? b.op('Concat', [result, curved], { axis: 1 }) : result;
}

const DIMS = [X, [4, 3], [4], [4, 5], [5]];

it.each([
  [
    'between two Gemms, with the factors in theirs',
    false,
    ['Add', 'Erf', 'Gemm', 'Gemm', 'HardSigmoid', 'Mul', 'Mul'],
  ],
  ['alone', true, ['Concat', 'Erf', 'Gemm', 'Gemm', 'HardSigmoid', 'Mul', 'Mul']],
])('writes GELU out %s', (_, alone, operators) => {
  const build = (open: boolean) => {
    const b = new GraphBuilder();
    const inputs = DIMS.map((dims, i) => b.input(`x${i}`, { dtype: 'float32', dims }));
    const y = layers(b, { inputs, alone });
    if (open) openGelu(b, { outputs: [y], trainable: new Set(['x1']) });
    b.output('y', y);
    return pruneGraph(b.graph());
  };
  const feeds = new Map(DIMS.map((dims, i) => [`x${i}`, numbers(dims, i + 0.7)]));
  const [plain, open] = [build(false), build(true)];
  const [a, z] = [plain, open].map((graph) => runGraph(graph, feeds).get('y')!.data);
  z!.forEach((value, i) => {
    expect(value).toBeCloseTo(a![i]!, 6);
  });
  const used = open.nodes.map((node) => node.opType).filter((op) => op !== 'Identity');
  expect(used.toSorted()).toEqual(operators);
});

it.each([false, true])('is differentiated as one, erf and all (alone: %s)', (alone) => {
  const make = (b: GraphBuilder, inputs: string[]) => {
    const y = layers(b, { inputs, alone });
    openGelu(b, { outputs: [y], trainable: new Set(inputs) });
    return y;
  };
  const inputs = DIMS.map((dims) => ({ dims }));
  expect(worstGradientError({ op: 'Gelu', inputs, make, seed: 3 })).toBeLessThan(1e-6);
});

it('leaves alone what nothing before it is trained for', () => {
  const b = new GraphBuilder();
  const inputs = DIMS.map((dims, i) => b.input(`x${i}`, { dtype: 'float32', dims }));
  const y = layers(b, { inputs, alone: false });
  openGelu(b, { outputs: [y], trainable: new Set(['x3']) });
  expect(b.nodes.map((node) => node.opType)).toEqual(['Gemm', 'Gelu', 'Gemm']);
});
