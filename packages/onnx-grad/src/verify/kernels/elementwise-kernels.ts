import { dataTypeOf, halfToNumber, isFloat, numberToHalf } from '../../graph/data-type.ts';
import { broadcastDims } from '../../graph/dims.ts';
import { floatAttribute, type GraphNode, intAttribute, stringAttribute } from '../../graph/ir.ts';
import { erf } from '../erf.ts';
import {
  broadcastOffset,
  forEachIndex,
  type Kernel,
  type Kernels,
  need,
  type RefTensor,
  zeros,
} from '../kernel.ts';

type UnaryFunction = (x: number, node: GraphNode) => number;
const attr = (node: GraphNode, name: string, fallback: number) => floatAttribute(node, name) ?? fallback;
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const hardSigmoid = (x: number, a: number, b: number) => Math.max(0, Math.min(1, a * x + b));

const UNARY: Record<string, UnaryFunction> = {
  Abs: Math.abs,
  Ceil: Math.ceil,
  Cos: Math.cos,
  Elu: (x, n) => (x > 0 ? x : attr(n, 'alpha', 1) * Math.expm1(x)),
  Erf: erf,
  Exp: Math.exp,
  Floor: Math.floor,
  Gelu: (x, n) =>
    stringAttribute(n, 'approximate') === 'tanh'
      ? 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))
      : 0.5 * x * (1 + erf(x / Math.SQRT2)),
  HardSigmoid: (x, n) => hardSigmoid(x, attr(n, 'alpha', 0.2), attr(n, 'beta', 0.5)),
  HardSwish: (x) => x * hardSigmoid(x, 1 / 6, 0.5),
  Identity: (x) => x,
  Dropout: (x) => x,
  LeakyRelu: (x, n) => (x >= 0 ? x : attr(n, 'alpha', 0.01) * x),
  Log: Math.log,
  Mish: (x) => x * Math.tanh(Math.log1p(Math.exp(x))),
  Neg: (x) => -x,
  Not: (x) => (x ? 0 : 1),
  Reciprocal: (x) => 1 / x,
  Relu: (x) => (x > 0 ? x : 0),
  Round: (x) => Math.round(x),
  Sigmoid: sigmoid,
  Sign: Math.sign,
  Sin: Math.sin,
  Softplus: (x) => (x > 30 ? x : Math.log1p(Math.exp(x))),
  Softsign: (x) => x / (1 + Math.abs(x)),
  Sqrt: Math.sqrt,
  Tan: Math.tan,
  Tanh: Math.tanh,
};

const BINARY: Record<string, (a: number, b: number) => number> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Pow: (a, b) => a ** b,
  Max: Math.max,
  Min: Math.min,
  Sum: (a, b) => a + b,
  Mean: (a, b) => a + b,
  Mod: (a, b) => a - b * Math.floor(a / b),
  PRelu: (a, b) => (a >= 0 ? a : a * b),
};
const LOGIC: Record<string, (a: number, b: number) => boolean> = {
  Equal: (a, b) => a === b,
  Greater: (a, b) => a > b,
  GreaterOrEqual: (a, b) => a >= b,
  Less: (a, b) => a < b,
  LessOrEqual: (a, b) => a <= b,
  And: (a, b) => a !== 0 && b !== 0,
  Or: (a, b) => a !== 0 || b !== 0,
  Xor: (a, b) => (a !== 0) !== (b !== 0),
};

function map(x: RefTensor, f: (value: number) => number): RefTensor {
  return { dtype: x.dtype, dims: [...x.dims], data: x.data.map(f) };
}

function pairwise(a: RefTensor, b: { tensor: RefTensor; f: (x: number, y: number) => number }): RefTensor {
  const out = zeros(broadcastDims(a.dims, b.tensor.dims), a.dtype);
  forEachIndex(out.dims, (index, flat) => {
    out.data[flat] = b.f(
      a.data[broadcastOffset(a.dims, index)]!,
      b.tensor.data[broadcastOffset(b.tensor.dims, index)]!,
    );
  });
  return out;
}

const variadic =
  (op: string): Kernel =>
  (node, inputs) => {
    const present = inputs.filter((t) => t !== undefined);
    const f = BINARY[op]!;
    const first = need(node, { list: inputs, index: 0 });
    const integerDivision = op === 'Div' && !isFloat(first.dtype);
    const g = integerDivision ? (a: number, b: number) => Math.trunc(a / b) : f;
    const out = present.slice(1).reduce((sum, tensor) => pairwise(sum, { tensor, f: g }), first);
    return [op === 'Mean' ? map(out, (v) => v / present.length) : out];
  };

const clip: Kernel = (node, inputs) => {
  const low = inputs[1]?.data[0] ?? Number.NEGATIVE_INFINITY;
  const high = inputs[2]?.data[0] ?? Number.POSITIVE_INFINITY;
  return [map(need(node, { list: inputs, index: 0 }), (x) => Math.min(Math.max(x, low), high))];
};

const where: Kernel = (node, inputs) => {
  const [c, a, b] = [0, 1, 2].map((index) => need(node, { list: inputs, index })) as [
    RefTensor,
    RefTensor,
    RefTensor,
  ];
  const out = zeros(broadcastDims(c.dims, broadcastDims(a.dims, b.dims)), a.dtype);
  forEachIndex(out.dims, (index, flat) => {
    const from = c.data[broadcastOffset(c.dims, index)] ? a : b;
    out.data[flat] = from.data[broadcastOffset(from.dims, index)]!;
  });
  return [out];
};

const cast: Kernel = (node, inputs) => {
  const dtype = dataTypeOf(intAttribute(node, 'to') ?? 1);
  const x = need(node, { list: inputs, index: 0 });
  const convert = isFloat(dtype)
    ? dtype === 'float16'
      ? (v: number) => halfToNumber(numberToHalf(v))
      : (v: number) => v
    : dtype === 'bool'
      ? (v: number) => (v ? 1 : 0)
      : Math.trunc;
  return [{ dtype, dims: [...x.dims], data: x.data.map(convert) }];
};

export const elementwiseKernels: Kernels = {
  ...Object.fromEntries(
    Object.entries(UNARY).map(([op, f]) => [
      op,
      ((node, inputs) => [map(need(node, { list: inputs, index: 0 }), (x) => f(x, node))]) as Kernel,
    ]),
  ),
  ...Object.fromEntries(Object.keys(BINARY).map((op) => [op, variadic(op)])),
  ...Object.fromEntries(
    Object.entries(LOGIC).map(([op, f]) => [
      op,
      ((node, inputs) => {
        const a = need(node, { list: inputs, index: 0 });
        const b = need(node, { list: inputs, index: 1 });
        return [{ ...pairwise(a, { tensor: b, f: (x, y) => (f(x, y) ? 1 : 0) }), dtype: 'bool' }];
      }) as Kernel,
    ]),
  ),
  IsNaN: (node, inputs) => [
    { ...map(need(node, { list: inputs, index: 0 }), (x) => (Number.isNaN(x) ? 1 : 0)), dtype: 'bool' },
  ],
  IsInf: (node, inputs) => [
    {
      ...map(need(node, { list: inputs, index: 0 }), (x) =>
        Math.abs(x) === Number.POSITIVE_INFINITY ? 1 : 0,
      ),
      dtype: 'bool',
    },
  ],
  Clip: clip,
  Where: where,
  Cast: cast,
};
