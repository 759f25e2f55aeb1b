import fc from 'fast-check';
import type { CaseInput, GradientCase } from '../verify/gradient-check.ts';

type Cases = Record<string, fc.Arbitrary<GradientCase>>;

const dim = fc.integer({ min: 1, max: 4 });
const dims = (min: number, max: number) => fc.array(dim, { minLength: min, maxLength: max });
const int = (min: number, max: number) => fc.integer({ min, max });
const constant = (values: number[]): CaseInput => ({ dims: [values.length], constant: values });

const unary = (op: string, extra: Partial<CaseInput> & { attributes?: GradientCase['attributes'] } = {}) => {
  const { attributes, ...input } = extra;
  return dims(0, 3).map((d): GradientCase => ({ op, inputs: [{ dims: d, ...input }], attributes }));
};

/** Two shapes that broadcast: axes of either become 1, leading axes of the second are dropped. */
const pair = fc.record({
  base: dims(0, 3),
  ones: fc.array(int(0, 2), { minLength: 3, maxLength: 3 }),
  drop: int(0, 3),
});
const binary = (op: string, ranges: [number, number][] = []) =>
  pair.map(({ base, ones, drop }): GradientCase => {
    const a = base.map((d, i) => (ones[i] === 1 ? 1 : d));
    const b = base.map((d, i) => (ones[i] === 2 ? 1 : d)).slice(Math.min(drop, base.length));
    const swap = drop === 3 && ranges.length === 0;
    const shapes = swap ? [b, a] : [a, b];
    return { op, inputs: shapes.map((d, i) => ({ dims: d, range: ranges[i] })) };
  });

const UNARY_CASES: Cases = {
  Identity: unary('Identity'),
  Dropout: unary('Dropout'),
  Neg: unary('Neg'),
  Abs: unary('Abs', { range: [0.1, 2] }),
  Exp: unary('Exp'),
  Log: unary('Log', { range: [0.2, 3] }),
  Sqrt: unary('Sqrt', { range: [0.2, 3] }),
  Reciprocal: unary('Reciprocal', { range: [0.3, 2] }),
  Sin: unary('Sin'),
  Cos: unary('Cos'),
  Tanh: unary('Tanh'),
  Sigmoid: unary('Sigmoid', { range: [-4, 4] }),
  Erf: unary('Erf', { range: [-4, 4] }),
  Relu: unary('Relu'),
  LeakyRelu: unary('LeakyRelu', { attributes: { alpha: { float: 0.2 } } }),
  Elu: unary('Elu', { attributes: { alpha: { float: 1.3 } } }),
  Softplus: unary('Softplus'),
  Mish: unary('Mish'),
  Softsign: unary('Softsign'),
  Gelu: unary('Gelu', { range: [-5, 5] }),
  'Gelu tanh': unary('Gelu', { range: [-5, 5], attributes: { approximate: 'tanh' } }),
  HardSwish: unary('HardSwish', { range: [-5, 5] }),
  HardSigmoid: unary('HardSigmoid', {
    range: [-5, 5],
    attributes: { alpha: { float: 0.2 }, beta: { float: 0.5 } },
  }),
  Cast: unary('Cast', { attributes: { to: 11 } }),
  Clip: dims(0, 3).map((d) => ({
    op: 'Clip',
    inputs: [
      { dims: d },
      { dims: [], constant: [-0.7], dtype: 'float32' },
      { dims: [], constant: [0.6], dtype: 'float32' },
    ],
  })),
};

const BINARY_CASES: Cases = {
  Add: binary('Add'),
  Sub: binary('Sub'),
  Mul: binary('Mul'),
  Div: binary('Div', [
    [-2, 2],
    [0.4, 2],
  ]),
  Pow: binary('Pow', [
    [0.3, 2],
    [-2, 2],
  ]),
  'Pow square': dims(0, 3).map((d) => ({
    op: 'Pow',
    inputs: [{ dims: d }, { dims: [], constant: [2], dtype: 'float32' }],
  })),
  'Pow root': dims(0, 3).map((d) => ({
    op: 'Pow',
    inputs: [
      { dims: d, range: [0.3, 2] },
      { dims: [], constant: [0.5], dtype: 'float32' },
    ],
  })),
  PRelu: fc.tuple(dims(1, 3), int(0, 2), fc.boolean()).map(([d, drop, one]) => ({
    op: 'PRelu',
    inputs: [
      { dims: d, range: [-2, 2] },
      { dims: d.slice(Math.min(drop, d.length)).map((v) => (one ? 1 : v)), range: [0.1, 2] },
    ],
  })),
  Max: binary('Max'),
  Min: binary('Min'),
  Sum: fc
    .tuple(dims(0, 3), int(1, 4))
    .map(([d, n]) => ({ op: 'Sum', inputs: Array.from({ length: n }, () => ({ dims: d })) })),
  Mean: fc
    .tuple(dims(0, 3), int(1, 4))
    .map(([d, n]) => ({ op: 'Mean', inputs: Array.from({ length: n }, () => ({ dims: d })) })),
  Where: dims(1, 3).map((d) => {
    const size = d.reduce((a, b) => a * b, 1);
    const mask = Array.from({ length: size }, (_, i) => ((i * 7) % 3 === 0 ? 1 : 0));
    return {
      op: 'Where',
      inputs: [{ dims: d, constant: mask, dtype: 'bool' }, { dims: d }, { dims: d.slice(1) }],
    };
  }),
};

const PRODUCT_CASES: Cases = {
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

export const window = fc.record({
  size: int(3, 6),
  kernel: int(1, 3),
  stride: int(1, 2),
  dilation: int(1, 2),
  before: int(0, 1),
  after: int(0, 1),
});
type Window = typeof window extends fc.Arbitrary<infer T> ? T : never;
const fits = (w: Window) =>
  w.size + w.before + w.after >= (w.kernel - 1) * w.dilation + 1 && w.before < w.kernel && w.after < w.kernel;

const conv = (op: 'Conv' | 'ConvTranspose') =>
  fc
    .tuple(window.filter(fits), window.filter(fits), int(1, 2), int(1, 3), int(1, 2), int(1, 2), fc.boolean())
    .map(
      ([h, w, n, group, i, o, bias]): GradientCase => ({
        op,
        inputs: [
          { dims: [n, group * i, h.size, w.size] },
          { dims: op === 'Conv' ? [group * o, i, h.kernel, w.kernel] : [group * i, o, h.kernel, w.kernel] },
          ...(bias ? [{ dims: [group * o] }] : []),
        ],
        attributes: {
          group,
          kernel_shape: [h.kernel, w.kernel],
          strides: [h.stride, w.stride],
          dilations: [h.dilation, w.dilation],
          pads: [h.before, w.before, h.after, w.after],
        },
      }),
    );

const pool = (op: string) =>
  fc.tuple(window.filter(fits), window.filter(fits), fc.boolean()).map(
    ([h, w, count]): GradientCase => ({
      op,
      inputs: [{ dims: [2, 2, h.size, w.size] }],
      attributes: {
        kernel_shape: [h.kernel, w.kernel],
        strides: [h.stride, w.stride],
        pads: [h.before, w.before, h.after, w.after],
        ...(op === 'AveragePool' ? { count_include_pad: count ? 1 : 0 } : {}),
      },
    }),
  );

const CONVOLUTION_CASES: Cases = {
  Conv: conv('Conv'),
  'Conv patches': fc.tuple(int(1, 3), int(1, 3), int(2, 3)).map(([n, c, k]) => ({
    op: 'Conv',
    inputs: [{ dims: [n, c, 2 * k, 3 * k] }, { dims: [2, c, k, k] }],
    attributes: { kernel_shape: [k, k], strides: [k, k] },
  })),
  'Conv one axis': int(3, 6).map((size) => ({
    op: 'Conv',
    inputs: [{ dims: [2, 2, size] }, { dims: [3, 2, 3] }],
    attributes: { kernel_shape: [3], pads: [1, 1] },
  })),
  'Conv wide kernel': int(1, 2).map((n) => ({
    op: 'Conv',
    inputs: [{ dims: [n, 1, 10, 10] }, { dims: [1, 1, 9, 9] }],
    attributes: { kernel_shape: [9, 9], pads: [1, 1, 1, 1] },
  })),
  'Conv SAME_UPPER': int(4, 7).map((size) => ({
    op: 'Conv',
    inputs: [{ dims: [1, 2, size, size] }, { dims: [2, 1, 3, 3] }],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], group: 2, auto_pad: 'SAME_UPPER' },
  })),
  ConvTranspose: conv('ConvTranspose'),
  MaxPool: pool('MaxPool'),
  AveragePool: pool('AveragePool'),
  GlobalAveragePool: fc
    .tuple(dim, dim, dim, dim)
    .map((d) => ({ op: 'GlobalAveragePool', inputs: [{ dims: d }] })),
  GlobalMaxPool: fc.tuple(dim, dim, dim, dim).map((d) => ({ op: 'GlobalMaxPool', inputs: [{ dims: d }] })),
};

const MOVEMENT_CASES: Cases = {
  Reshape: dims(1, 3).map((d) => ({ op: 'Reshape', inputs: [{ dims: d }, constant([-1])] })),
  Flatten: dims(2, 3).map((d) => ({ op: 'Flatten', inputs: [{ dims: d }], attributes: { axis: 1 } })),
  Squeeze: dims(1, 2).map((d) => ({ op: 'Squeeze', inputs: [{ dims: [1, ...d, 1] }, constant([0, -1])] })),
  Unsqueeze: dims(0, 2).map((d) => ({ op: 'Unsqueeze', inputs: [{ dims: d }, constant([0, -1])] })),
  Transpose: fc
    .tuple(dims(3, 3), fc.shuffledSubarray([0, 1, 2], { minLength: 3 }))
    .map(([d, perm]) => ({ op: 'Transpose', inputs: [{ dims: d }], attributes: { perm } })),
  Concat: fc.tuple(dim, dim, dim, int(1, 3)).map(([a, b, c, n]) => ({
    op: 'Concat',
    inputs: Array.from({ length: n }, (_, i) => ({ dims: [a, b + i, c] })),
    attributes: { axis: 1 },
  })),
  Split: fc.tuple(dim, dim, int(0, 1)).map(([a, b, output]) => ({
    op: 'Split',
    inputs: [{ dims: [a, b + 2] }, constant([b, 2])],
    attributes: { axis: 1 },
    outputs: 2,
    output,
  })),
  Slice: fc
    .tuple(int(1, 6), int(1, 6), int(-3, 3), int(-7, 7), int(-7, 7))
    .map(([h, w, step, start, end]) => ({
      op: 'Slice',
      inputs: [{ dims: [h, w] }, constant([start]), constant([end]), constant([-1]), constant([step || 1])],
    })),
  Pad: fc.tuple(dims(2, 2), int(0, 2), int(-1, 2)).map(([d, before, after]) => ({
    op: 'Pad',
    inputs: [{ dims: d.map((v) => v + 1) }, constant([before, 0, after, 1])],
  })),
  Expand: fc
    .tuple(dim, dim, dim)
    .map(([a, b, c]) => ({ op: 'Expand', inputs: [{ dims: [b, 1] }, constant([a, b, c])] })),
  Tile: fc
    .tuple(dims(2, 2), dim, dim)
    .map(([d, a, b]) => ({ op: 'Tile', inputs: [{ dims: d }, constant([a, b])] })),
  Gather: fc
    .tuple(int(2, 4), dim, fc.array(int(-2, 1), { minLength: 1, maxLength: 4 }), int(0, 1))
    .map(([a, b, at, axis]) => ({
      op: 'Gather',
      inputs: [{ dims: axis ? [b, a] : [a, b] }, constant(at)],
      attributes: { axis },
    })),
  GatherElements: fc.tuple(int(2, 4), dim).map(([a, b]) => ({
    op: 'GatherElements',
    inputs: [
      { dims: [a, b] },
      { dims: [3, b], constant: Array.from({ length: 3 * b }, (_, i) => (i % 2 ? 1 : -1)) },
    ],
    attributes: { axis: 0 },
  })),
  GatherND: fc.tuple(int(2, 4), dim).map(([a, b]) => ({
    op: 'GatherND',
    inputs: [{ dims: [a, b, 2] }, { dims: [3, 1], constant: [0, 1, 1] }],
  })),
  ScatterElements: fc.tuple(int(2, 4), fc.constantFrom('add', 'none')).map(([a, reduction]) => ({
    op: 'ScatterElements',
    inputs: [{ dims: [a, 2] }, { dims: [1, 2], constant: [0, 1] }, { dims: [1, 2] }],
    attributes: { axis: 0, reduction },
  })),
  ScatterND: fc.tuple(int(2, 4), fc.constantFrom('add', 'none')).map(([a, reduction]) => ({
    op: 'ScatterND',
    inputs: [{ dims: [a, 2] }, { dims: [2, 1], constant: [0, 1] }, { dims: [2, 2] }],
    attributes: { reduction },
  })),
  CumSum: fc.tuple(dims(1, 3), fc.boolean(), fc.boolean()).map(([d, reverse, exclusive]) => ({
    op: 'CumSum',
    inputs: [{ dims: d }, { dims: [], constant: [0] }],
    attributes: { reverse: reverse ? 1 : 0, exclusive: exclusive ? 1 : 0 },
  })),
  Trilu: fc.tuple(dim, dim, fc.boolean()).map(([a, b, upper]) => ({
    op: 'Trilu',
    inputs: [{ dims: [a, b] }],
    attributes: { upper: upper ? 1 : 0 },
  })),
  TopK: fc.tuple(dim, int(2, 5), fc.boolean()).map(([a, b, largest]) => ({
    op: 'TopK',
    inputs: [{ dims: [a, b] }, constant([2])],
    attributes: { largest: largest ? 1 : 0 },
    outputs: 2,
  })),
};

export const CASES: Cases = {
  ...UNARY_CASES,
  ...BINARY_CASES,
  ...PRODUCT_CASES,
  ...Object.fromEntries(reductions.map((op) => [op, reduction(op)])),
  ...CONVOLUTION_CASES,
  ...MOVEMENT_CASES,
};
