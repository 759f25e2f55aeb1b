import fc from 'fast-check';
import type { CaseInput, GradientCase } from '../verify/gradient-check.ts';
import { type Cases, dims, int } from './case-shapes.ts';

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

export const UNARY_CASES: Cases = {
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

export const BINARY_CASES: Cases = {
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
