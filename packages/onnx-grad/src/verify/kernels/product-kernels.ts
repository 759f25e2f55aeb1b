import { broadcastDims, stridesOf } from '../../graph/dims.ts';
import { floatAttribute, intAttribute, intsAttribute } from '../../graph/ir.ts';
import { elementCount } from '../../graph/tensor.ts';
import { productShapes } from '../../shapes/product-shapes.ts';
import { windowOf } from '../../shapes/shape-rule.ts';
import {
  broadcastOffset,
  forEachIndex,
  type Kernel,
  type Kernels,
  need,
  type RefTensor,
  zeros,
} from '../kernel.ts';

function multiply(a: RefTensor, b: RefTensor): RefTensor {
  const left = a.dims.length === 1 ? [1, ...a.dims] : a.dims;
  const right = b.dims.length === 1 ? [...b.dims, 1] : b.dims;
  const [m, k, n] = [left.at(-2)!, left.at(-1)!, right.at(-1)!];
  const batch = broadcastDims(left.slice(0, -2), right.slice(0, -2));
  const out = new Float64Array(elementCount(batch) * m * n);
  forEachIndex(batch, (index, flat) => {
    const from = broadcastOffset(left.slice(0, -2), index) * m * k;
    const with_ = broadcastOffset(right.slice(0, -2), index) * k * n;
    for (let i = 0; i < m; i++)
      for (let p = 0; p < k; p++) {
        const value = a.data[from + i * k + p]!;
        for (let j = 0; j < n; j++) out[(flat * m + i) * n + j]! += value * b.data[with_ + p * n + j]!;
      }
  });
  const dims = [...batch, ...(a.dims.length > 1 ? [m] : []), ...(b.dims.length > 1 ? [n] : [])];
  return { dtype: a.dtype, dims, data: out };
}

function transposed(x: RefTensor): RefTensor {
  const [r, c] = x.dims as [number, number];
  const out = zeros([c, r], x.dtype);
  for (let i = 0; i < r; i++) for (let j = 0; j < c; j++) out.data[j * r + i] = x.data[i * c + j]!;
  return out;
}

const gemm: Kernel = (node, inputs) => {
  const a = need(node, { list: inputs, index: 0 });
  const b = need(node, { list: inputs, index: 1 });
  const product = multiply(
    intAttribute(node, 'transA') ? transposed(a) : a,
    intAttribute(node, 'transB') ? transposed(b) : b,
  );
  const alpha = floatAttribute(node, 'alpha') ?? 1;
  const beta = floatAttribute(node, 'beta') ?? 1;
  const c = inputs[2];
  forEachIndex(product.dims, (index, flat) => {
    const bias = c ? beta * c.data[broadcastOffset(c.dims, index)]! : 0;
    product.data[flat] = alpha * product.data[flat]! + bias;
  });
  return [product];
};

interface Tap {
  n: number;
  outChannel: number;
  inChannel: number;
  weight: number;
  out: number;
  input: number;
}

/** Visits every (input, weight, output) triple of a convolution with offsets into the three arrays. */
function forEachTap(shape: { x: number[]; w: number[]; y: number[] }, run: ConvRun): void {
  const { x, w, y } = shape;
  const spatial = x.length - 2;
  const [xs, ws, ys] = [stridesOf(x), stridesOf(w), stridesOf(y)];
  const perGroup = w[0]! / run.group;
  forEachIndex(y, (index, out) => {
    const n = index[0]!;
    const outChannel = index[1]!;
    const first = Math.floor(outChannel / perGroup) * w[1]!;
    forEachIndex(w.slice(1), (tap) => {
      let input = n * xs[0]! + (first + tap[0]!) * xs[1]!;
      let weight = outChannel * ws[0]! + tap[0]! * ws[1]!;
      for (let s = 0; s < spatial; s++) {
        const at = index[s + 2]! * run.strides[s]! - run.pads[s]! + tap[s + 1]! * run.dilations[s]!;
        if (at < 0 || at >= x[s + 2]!) return;
        input += at * xs[s + 2]!;
        weight += tap[s + 1]! * ws[s + 2]!;
      }
      run.visit({ n, outChannel, inChannel: first + tap[0]!, weight, out, input });
    });
  });
  void ys;
}

interface ConvRun {
  group: number;
  strides: number[];
  dilations: number[];
  pads: number[];
  visit(tap: Tap): void;
}

const conv: Kernel = (node, inputs) => {
  const x = need(node, { list: inputs, index: 0 });
  const w = need(node, { list: inputs, index: 1 });
  const bias = inputs[2];
  const [type] = productShapes.Conv!({ node, types: [x, w], constant: () => undefined });
  const y = zeros(type!.dims, x.dtype);
  const window = windowOf(node, { kernel: w.dims.slice(2), input: x.dims.slice(2) });
  const area = elementCount(y.dims.slice(2));
  if (bias)
    y.data.forEach((_, i) => {
      y.data[i] = bias.data[Math.floor(i / area) % y.dims[1]!]!;
    });
  forEachTap(
    { x: x.dims, w: w.dims, y: y.dims },
    {
      ...window,
      group: intAttribute(node, 'group') ?? 1,
      visit: (tap) => {
        y.data[tap.out]! += x.data[tap.input]! * w.data[tap.weight]!;
      },
    },
  );
  return [y];
};

/** ConvTranspose is the adjoint of the Conv with the same weights [C, M/group, …]. */
const convTranspose: Kernel = (node, inputs) => {
  const x = need(node, { list: inputs, index: 0 });
  const w = need(node, { list: inputs, index: 1 });
  const bias = inputs[2];
  const [type] = productShapes.ConvTranspose!({ node, types: [x, w], constant: () => undefined });
  const y = zeros(type!.dims, x.dtype);
  const ones = w.dims.slice(2).map(() => 1);
  const none = [...ones, ...ones].map(() => 0);
  const area = elementCount(y.dims.slice(2));
  if (bias)
    y.data.forEach((_, i) => {
      y.data[i] = bias.data[Math.floor(i / area) % y.dims[1]!]!;
    });
  forEachTap(
    { x: y.dims, w: w.dims, y: x.dims },
    {
      strides: intsAttribute(node, 'strides') ?? ones,
      dilations: intsAttribute(node, 'dilations') ?? ones,
      pads: intsAttribute(node, 'pads') ?? none,
      group: intAttribute(node, 'group') ?? 1,
      visit: (tap) => {
        y.data[tap.input]! += x.data[tap.out]! * w.data[tap.weight]!;
      },
    },
  );
  return [y];
};

const pool =
  (kind: 'max' | 'mean'): Kernel =>
  (node, inputs) => {
    const x = need(node, { list: inputs, index: 0 });
    const types = productShapes.MaxPool!({ node, types: [x], constant: () => undefined });
    const dims = types[0]!.dims;
    const y = zeros(dims, x.dtype);
    const kernel = intsAttribute(node, 'kernel_shape')!;
    const window = windowOf(node, { kernel, input: x.dims.slice(2) });
    const countPads = intAttribute(node, 'count_include_pad') === 1;
    const winners = zeros(dims, 'int64');
    forEachIndex(dims, (index, flat) => {
      let best = Number.NEGATIVE_INFINITY;
      let sum = 0;
      let count = 0;
      forEachIndex(kernel, (tap) => {
        const at = tap.map(
          (t, s) => index[s + 2]! * window.strides[s]! - window.pads[s]! + t * window.dilations[s]!,
        );
        const within = at.every((a, s) => a < x.dims[s + 2]! + window.pads[s + kernel.length]!);
        if (countPads && within) count++;
        if (at.some((a, s) => a < 0 || a >= x.dims[s + 2]!)) return;
        const offset = at.reduce((o, a, s) => o * x.dims[s + 2]! + a, index[0]! * x.dims[1]! + index[1]!);
        const value = x.data[offset]!;
        sum += value;
        if (!countPads) count++;
        if (value > best) {
          best = value;
          winners.data[flat] = offset;
        }
      });
      y.data[flat] = kind === 'max' ? best : sum / count;
    });
    return types.length > 1 ? [y, winners] : [y];
  };

const globalPool =
  (kind: 'max' | 'mean'): Kernel =>
  (node, inputs) => {
    const x = need(node, { list: inputs, index: 0 });
    const area = elementCount(x.dims.slice(2));
    const out = zeros(
      x.dims.map((d, i) => (i < 2 ? d : 1)),
      x.dtype,
    );
    for (let i = 0; i < out.data.length; i++) {
      const part = x.data.subarray(i * area, (i + 1) * area);
      out.data[i] =
        kind === 'max' ? part.reduce((a, b) => Math.max(a, b)) : part.reduce((a, b) => a + b, 0) / area;
    }
    return [out];
  };

const einsum: Kernel = (node, inputs) => {
  const tensors = inputs.filter((t) => t !== undefined);
  const equation = node.attributes.equation?.kind === 'string' ? node.attributes.equation.value : '';
  const [left = '', right = ''] = equation.replaceAll(' ', '').split('->');
  const terms = left.split(',');
  const sizes = new Map(
    terms.flatMap((term, i) => [...term].map((c, a) => [c, tensors[i]!.dims[a]!] as const)),
  );
  const rest = [...sizes.keys()].filter((letter) => !right.includes(letter));
  const letters = [...right, ...rest];
  const out = zeros(
    [...right].map((letter) => sizes.get(letter)!),
    tensors[0]!.dtype,
  );
  const inner = rest.reduce((product, letter) => product * sizes.get(letter)!, 1);
  const places = terms.map((term) => [...term].map((letter) => letters.indexOf(letter)));
  forEachIndex(
    letters.map((letter) => sizes.get(letter)!),
    (index, flat) => {
      const product = tensors.reduce(
        (value, tensor, i) =>
          value * tensor.data[tensor.dims.reduce((o, d, a) => o * d + index[places[i]![a]!]!, 0)]!,
        1,
      );
      out.data[Math.floor(flat / inner)]! += product;
    },
  );
  return [out];
};

export const productKernels: Kernels = {
  MatMul: (node, inputs) => [
    multiply(need(node, { list: inputs, index: 0 }), need(node, { list: inputs, index: 1 })),
  ],
  Gemm: gemm,
  Conv: conv,
  ConvTranspose: convTranspose,
  MaxPool: pool('max'),
  AveragePool: pool('mean'),
  GlobalAveragePool: globalPool('mean'),
  GlobalMaxPool: globalPool('max'),
  Einsum: einsum,
};
