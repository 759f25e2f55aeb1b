import { expect, it } from 'vitest';
import { GraphBuilder } from '../graph/builder.ts';
import { valuesOf } from '../graph/tensor.ts';
import { hashedTensor } from '../models/hashed-tensor.ts';
import { runGraph } from '../verify/run-graph.ts';
import { sumRows, unbroadcast } from './gradient-rule.ts';

it.each([
  { dims: [80, 70], axes: 1 },
  { dims: [8, 10, 70], axes: 2 },
  { dims: [64, 8, 9], axes: 1 },
  { dims: [63, 70], axes: 1 },
  { dims: [80, 3], axes: 1 },
])('rows of $dims are summed over the first $axes axes, as a product or not', ({ dims, axes }) => {
  const b = new GraphBuilder();
  const tensor = hashedTensor({ dims, seed: 3, deviation: 1 });
  b.input('x', { dtype: 'float32', dims });
  const rest = dims.slice(axes);
  b.input('like', { dtype: 'float32', dims: rest });
  b.output('sum', sumRows(b, { x: 'x', axes }));
  b.output('again', unbroadcast(b, { value: 'x', like: 'like' }));
  b.output(
    'wanted',
    b.op('ReduceSum', ['x', b.ints(Array.from({ length: axes }, (_, i) => i))], { keepdims: 0 }),
  );
  const graph = b.graph();
  const feeds = new Map([['x', { dtype: tensor.dtype, dims, data: valuesOf(tensor) }]]);
  const zeros = new Float64Array(rest.reduce((size, d) => size * d, 1));
  feeds.set('like', { dtype: tensor.dtype, dims: rest, data: zeros });
  const values = runGraph(graph, feeds);
  const wanted = values.get('wanted')!;
  for (const name of ['sum', 'again']) {
    expect(values.get(name)!.dims).toEqual(rest);
    const errors = values.get(name)!.data.map((v, i) => Math.abs(v - wanted.data[i]!));
    expect(Math.max(...errors)).toBeLessThan(1e-9);
  }
});
