import { expect, it } from 'vitest';
import { GraphBuilder } from '../graph/builder.ts';
import { valuesOf } from '../graph/tensor.ts';
import { hashedTensor } from '../models/hashed-tensor.ts';
import { runGraph } from '../verify/run-graph.ts';
import { tallProduct } from './tall-product.ts';

it.each([
  [256, 64, 80],
  [256, 80, 64],
  [300, 64, 64],
  [255, 64, 80],
])('the tall product of [%i, %i] and [%i] columns is α·leftᵀ·right in every form', (rows, m, n) => {
  const b = new GraphBuilder();
  const tensors = {
    l: hashedTensor({ dims: [rows, m], seed: 1, deviation: 1 }),
    r: hashedTensor({ dims: [rows, n], seed: 2, deviation: 1 }),
  };
  for (const [name, t] of Object.entries(tensors)) b.input(name, { dtype: 'float32', dims: t.dims });
  const product = tallProduct(b, { left: 'l', right: 'r', alpha: 0.5 });
  const plain = b.op('Gemm', ['l', 'r'], { transA: 1, alpha: { float: 0.5 } });
  expect(b.dims(product)).toEqual([m, n]);
  const feeds = new Map(
    Object.entries(tensors).map(([k, t]) => [k, { dtype: t.dtype, dims: t.dims, data: valuesOf(t) }]),
  );
  b.output('a', product);
  b.output('b', plain);
  const values = runGraph(b.graph(), feeds);
  const wanted = values.get('b')!.data;
  const errors = values.get('a')!.data.map((v, i) => Math.abs(v - wanted[i]!));
  expect(Math.max(...errors)).toBeLessThan(1e-9);
});
