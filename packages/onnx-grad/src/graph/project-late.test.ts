import { expect, it } from 'vitest';
import { pictures, smallTransformer } from '../testing/small-models.ts';
import { runGraph } from '../verify/run-graph.ts';
import { GraphBuilder } from './builder.ts';
import { importGraph } from './import-graph.ts';
import { projectLate } from './project-late.ts';
import { pruneGraph } from './prune-graph.ts';
import { selectEarly } from './select-early.ts';

it('spares the keys and values of the block of which one row of attention is read, with the same result', () => {
  const model = smallTransformer();
  const run = (late: boolean) => {
    const b = new GraphBuilder();
    const known = importGraph(b, model);
    selectEarly(b);
    if (late) projectLate(b, [known('embedding')]);
    b.output('result', known('embedding'));
    const image = { dtype: 'float32' as const, dims: [4, 3, 16, 16], data: Float64Array.from(pictures(4)) };
    const graph = pruneGraph(b.graph());
    return { b, graph, embedding: runGraph(graph, new Map([['image', image]])).get('result')!.data };
  };
  const [early, late] = [run(false), run(true)];
  late.embedding.forEach((value, i) => {
    expect(value).toBeCloseTo(early.embedding[i]!, 10);
  });
  /** Products over all tokens of all pictures. */
  const whole = ({ b, graph }: typeof early) =>
    graph.nodes.filter((n) => n.opType === 'Gemm' && b.dims(n.outputs[0]!)[0] === 4 * 17).length;
  expect([whole(early), whole(late)]).toEqual([14, 12]);
});

/** Attention of `queries` rows over 40 tokens, projected as exporters write it: MatMul and Add on three axes. */
function attention(queries: number) {
  const b = new GraphBuilder();
  const float = (name: string, dims: number[]) => b.input(name, { dtype: 'float32', dims });
  const [x, q] = [float('x', [2, 40, 12]), float('q', [2, 3, queries, 4])];
  const heads = (name: string, perm: number[]) => {
    const rows = b.op('Add', [float(`${name}.bias`, [12]), b.op('MatMul', [x, float(name, [12, 12])])]);
    return b.op('Transpose', [b.op('Reshape', [rows, b.ints([2, 40, 3, 4])])], { perm });
  };
  const weights = b.op('Softmax', [b.op('MatMul', [q, heads('key', [0, 2, 3, 1])])], { axis: -1 });
  b.output('y', b.op('MatMul', [weights, heads('value', [0, 2, 1, 3])]));
  return b;
}

it('reads projections as exporters write them, and leaves alone what it would not make cheaper', () => {
  const random = (dims: number[], seed: number) => ({
    dtype: 'float32' as const,
    dims,
    data: Float64Array.from({ length: dims.reduce((a, d) => a * d, 1) }, (_, i) => Math.sin(i * seed + seed)),
  });
  const products = (b: GraphBuilder) =>
    pruneGraph(b.graph()).nodes.filter((n) => n.opType === 'MatMul' && b.dims(n.outputs[0]!)[1] === 40);
  for (const queries of [1, 40]) {
    const [plain, late] = [attention(queries), attention(queries)];
    projectLate(late, ['y']);
    const feeds = new Map(plain.inputs.map((info, i) => [info.name, random(info.dims as number[], i + 0.7)]));
    const [a, b] = [plain, late].map((each) => runGraph(pruneGraph(each.graph()), feeds).get('y')!.data);
    b!.forEach((value, i) => {
      expect(value).toBeCloseTo(a![i]!, 10);
    });
    expect(products(late).length).toBe(queries === 1 ? 0 : 2);
  }
});
