import { expect, it } from 'vitest';
import { pictures, smallTransformer } from '../testing/small-models.ts';
import { runGraph } from '../verify/run-graph.ts';
import { GraphBuilder } from './builder.ts';
import { importGraph } from './import-graph.ts';
import { selectEarly } from './select-early.ts';

it('computes the last block but keys and values for the class token alone, with the same result', () => {
  const model = smallTransformer();
  const run = (early: boolean) => {
    const b = new GraphBuilder();
    const known = importGraph(b, model);
    if (early) selectEarly(b);
    const image = { dtype: 'float32' as const, dims: [4, 3, 16, 16], data: Float64Array.from(pictures(4)) };
    const values = runGraph(b.graph(), new Map([['image', image]]));
    return { b, embedding: values.get(known('embedding'))!.data };
  };
  const [plain, early] = [run(false), run(true)];
  early.embedding.forEach((value, i) => {
    expect(value).toBeCloseTo(plain.embedding[i]!, 12);
  });
  const gelus = (b: GraphBuilder) =>
    b.nodes.filter((n) => n.opType === 'Gelu').map((n) => b.dims(n.outputs[0]!)[0]);
  expect(gelus(plain.b)).toEqual([68, 68, 68]);
  expect(gelus(early.b)).toEqual([68, 68, 68, 4]);
  const scores = early.b.nodes
    .filter((n) => n.opType === 'Softmax')
    .map((n) => early.b.dims(n.outputs[0]!)[2]);
  expect(scores).toEqual([17, 17, 17, 1]);
});
