import fc from 'fast-check';
import type { GradientCase } from '../verify/gradient-check.ts';
import { type Cases, constant, dim, dims, int } from './case-shapes.ts';

export const PRODUCT_CASES: Cases = {
  MatMul: fc
    .tuple(dim, dim, dim, fc.array(dim, { maxLength: 2 }), int(0, 5))
    .map(([m, k, n, batch, form]) => {
      const ones = batch.map(() => 1);
      const forms: [number[], number[]][] = [
        [
          [...batch, m, k],
          [...batch, k, n],
        ],
        [
          [...batch, m, k],
          [k, n],
        ],
        [
          [m, k],
          [...batch, k, n],
        ],
        [
          [...ones, m, k],
          [...batch, k, n],
        ],
        [[k], [...batch, k, n]],
        [[...batch, m, k], [k]],
      ];
      const [a, b] = forms[form]!;
      return { op: 'MatMul', inputs: [{ dims: a }, { dims: b }] };
    }),
  'MatMul of heads': fc.tuple(dim, dim, dim, dim, dim, fc.boolean()).map(([n, h, t, u, s, both]) => ({
    op: 'MatMul',
    inputs: [{ dims: [n, h, t, s] }, { dims: [both ? n : 1, h, u, s] }],
    make: (b, [query, key]) => b.op('MatMul', [query!, b.op('Transpose', [key!], { perm: [0, 1, 3, 2] })]),
  })),
  Gemm: fc.tuple(dim, dim, dim, fc.boolean(), fc.boolean(), int(0, 4)).map(([m, k, n, ta, tb, c]) => ({
    op: 'Gemm',
    inputs: [
      { dims: ta ? [k, m] : [m, k] },
      { dims: tb ? [n, k] : [k, n] },
      ...(c === 4 ? [] : [{ dims: [[n], [m, n], [1, n], []][c]! }]),
    ],
    attributes: { transA: ta ? 1 : 0, transB: tb ? 1 : 0, alpha: { float: 0.7 }, beta: { float: 1.3 } },
  })),
  Einsum: fc
    .tuple(dim, dim, dim, fc.constantFrom('ij,jk->ik', 'ij,kj->ki', 'ij,jk->i', 'ij,jk->k'))
    .map(([i, j, k, equation]) => ({
      op: 'Einsum',
      inputs: [{ dims: [i, j] }, { dims: equation.includes('kj') ? [k, j] : [j, k] }],
      attributes: { equation },
    })),
  Softmax: fc
    .tuple(dims(1, 3), int(0, 2))
    .map(([d, a]) => ({ op: 'Softmax', inputs: [{ dims: d }], attributes: { axis: a % d.length } })),
  LogSoftmax: fc.tuple(dims(1, 3), int(0, 2)).map(([d, a]) => ({
    op: 'LogSoftmax',
    inputs: [{ dims: d }],
    attributes: { axis: a % d.length },
  })),
  LayerNormalization: fc.tuple(dims(1, 3), int(2, 5), fc.boolean()).map(([d, n, bias]) => ({
    op: 'LayerNormalization',
    inputs: [{ dims: [...d, n] }, { dims: [n] }, ...(bias ? [{ dims: [n] }] : [])],
    attributes: { axis: -1, epsilon: { float: 1e-2 } },
  })),
  'LayerNormalization two axes': fc.tuple(dim, dim, int(2, 4)).map(([a, b, n]) => ({
    op: 'LayerNormalization',
    inputs: [{ dims: [a, b, n] }, { dims: [b, n] }, { dims: [b, n] }],
    attributes: { axis: 1, epsilon: { float: 1e-2 } },
  })),
  BatchNormalization: fc.tuple(dim, dim, dims(0, 2)).map(([n, c, rest]) => ({
    op: 'BatchNormalization',
    inputs: [
      { dims: [n, c, ...rest] },
      { dims: [c] },
      { dims: [c] },
      { dims: [c], constant: Array.from({ length: c }, (_, i) => i / 3), dtype: 'float32' },
      { dims: [c], constant: Array.from({ length: c }, (_, i) => 0.5 + i), dtype: 'float32' },
    ],
  })),
  InstanceNormalization: fc.tuple(dim, dim, int(2, 4), dim).map(([n, c, h, w]) => ({
    op: 'InstanceNormalization',
    inputs: [{ dims: [n, c, h, w] }, { dims: [c] }, { dims: [c] }],
    attributes: { epsilon: { float: 1e-2 } },
  })),
  LpNormalization: fc.tuple(dims(1, 3), int(0, 2), int(1, 2)).map(([d, a, p]) => ({
    op: 'LpNormalization',
    inputs: [{ dims: d, range: [0.2, 1.5] }],
    attributes: { axis: a % d.length, p },
  })),
};

const reductions =
  'ReduceSum ReduceMean ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceSumSquare ReduceLogSumExp ReduceLogSum'.split(
    ' ',
  );
const reduction = (op: string) =>
  fc.tuple(dims(0, 3), int(0, 7), fc.boolean()).map(([d, bits, keep]): GradientCase => {
    const axes = d.map((_, i) => i).filter((i) => bits & (1 << i));
    const negative = axes.map((axis, i) => (i % 2 ? axis - d.length : axis));
    return {
      op,
      inputs: [{ dims: d, range: [0.3, 2] }, ...(axes.length ? [constant(negative)] : [])],
      attributes: { keepdims: keep ? 1 : 0 },
    };
  });

export const REDUCTION_CASES: Cases = Object.fromEntries(reductions.map((op) => [op, reduction(op)]));
