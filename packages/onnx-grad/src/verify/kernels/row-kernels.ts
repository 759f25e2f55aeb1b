import { normalAxis } from '../../graph/dims.ts';
import { floatAttribute, intAttribute } from '../../graph/ir.ts';
import { elementCount } from '../../graph/tensor.ts';
import {
  broadcastOffset,
  forEachIndex,
  type Kernel,
  type Kernels,
  need,
  type RefTensor,
  zeros,
} from '../kernel.ts';

const first = (inputs: (RefTensor | undefined)[]) => inputs[0]!;

const softmax =
  (log: boolean): Kernel =>
  (node, inputs) => {
    const x = first(inputs);
    const axis = normalAxis(intAttribute(node, 'axis') ?? -1, x.dims.length);
    const size = x.dims[axis]!;
    const step = elementCount(x.dims.slice(axis + 1));
    const out = zeros(x.dims, x.dtype);
    for (let line = 0; line < x.data.length / size; line++) {
      const base = Math.floor(line / step) * step * size + (line % step);
      let top = Number.NEGATIVE_INFINITY;
      for (let i = 0; i < size; i++) top = Math.max(top, x.data[base + i * step]!);
      let sum = 0;
      for (let i = 0; i < size; i++) sum += Math.exp(x.data[base + i * step]! - top);
      for (let i = 0; i < size; i++) {
        const shifted = x.data[base + i * step]! - top;
        out.data[base + i * step] = log ? shifted - Math.log(sum) : Math.exp(shifted) / sum;
      }
    }
    return [out];
  };

const layerNormalization: Kernel = (node, inputs) => {
  const x = first(inputs);
  const axis = normalAxis(intAttribute(node, 'axis') ?? -1, x.dims.length);
  const epsilon = floatAttribute(node, 'epsilon') ?? 1e-5;
  const size = elementCount(x.dims.slice(axis));
  const moments = x.dims.map((d, i) => (i < axis ? d : 1));
  const [y, mean, deviation] = [zeros(x.dims, x.dtype), zeros(moments), zeros(moments)];
  const [scale, bias] = [inputs[1]!, inputs[2]];
  forEachIndex(moments, (_, row) => {
    const part = x.data.subarray(row * size, (row + 1) * size);
    const mu = part.reduce((a, b) => a + b, 0) / size;
    const variance = part.reduce((a, b) => a + (b - mu) ** 2, 0) / size;
    mean.data[row] = mu;
    deviation.data[row] = 1 / Math.sqrt(variance + epsilon);
    for (let i = 0; i < size; i++) {
      const b = bias ? bias.data[i % bias.data.length]! : 0;
      y.data[row * size + i] =
        (part[i]! - mu) * deviation.data[row]! * scale.data[i % scale.data.length]! + b;
    }
  });
  return [y, mean, deviation].slice(0, node.outputs.length);
};

/** Inference form: running mean and variance are inputs 3 and 4. */
const batchNormalization: Kernel = (node, inputs) => {
  const x = first(inputs);
  const epsilon = floatAttribute(node, 'epsilon') ?? 1e-5;
  const [scale, bias, mean, variance] = [1, 2, 3, 4].map((index) => need(node, { list: inputs, index }).data);
  const area = elementCount(x.dims.slice(2));
  const out = zeros(x.dims, x.dtype);
  x.data.forEach((value, i) => {
    const c = Math.floor(i / area) % x.dims[1]!;
    out.data[i] = ((value - mean![c]!) / Math.sqrt(variance![c]! + epsilon)) * scale![c]! + bias![c]!;
  });
  return [out];
};

const instanceNormalization: Kernel = (node, inputs) => {
  const x = first(inputs);
  const epsilon = floatAttribute(node, 'epsilon') ?? 1e-5;
  const area = elementCount(x.dims.slice(2));
  const out = zeros(x.dims, x.dtype);
  for (let row = 0; row < x.data.length / area; row++) {
    const c = row % x.dims[1]!;
    const part = x.data.subarray(row * area, (row + 1) * area);
    const mu = part.reduce((a, b) => a + b, 0) / area;
    const variance = part.reduce((a, b) => a + (b - mu) ** 2, 0) / area;
    part.forEach((value, i) => {
      out.data[row * area + i] =
        ((value - mu) / Math.sqrt(variance + epsilon)) * inputs[1]!.data[c]! + inputs[2]!.data[c]!;
    });
  }
  return [out];
};

const lpNormalization: Kernel = (node, inputs) => {
  const x = first(inputs);
  const axis = normalAxis(intAttribute(node, 'axis') ?? -1, x.dims.length);
  const p = intAttribute(node, 'p') ?? 2;
  const norms = zeros(x.dims.map((d, i) => (i === axis ? 1 : d)));
  forEachIndex(x.dims, (index, flat) => {
    norms.data[broadcastOffset(norms.dims, index)]! += Math.abs(x.data[flat]!) ** p;
  });
  const out = zeros(x.dims, x.dtype);
  forEachIndex(x.dims, (index, flat) => {
    const norm = norms.data[broadcastOffset(norms.dims, index)]! ** (1 / p);
    out.data[flat] = norm === 0 ? 0 : x.data[flat]! / norm;
  });
  return [out];
};

interface Reduction {
  start: number;
  add(sum: number, value: number): number;
  end?(sum: number, count: number): number;
}
const SUM: Reduction = { start: 0, add: (s, v) => s + v };
const REDUCTIONS: Record<string, Reduction> = {
  ReduceSum: SUM,
  ReduceMean: { ...SUM, end: (s, n) => s / n },
  ReduceMax: { start: Number.NEGATIVE_INFINITY, add: Math.max },
  ReduceMin: { start: Number.POSITIVE_INFINITY, add: Math.min },
  ReduceProd: { start: 1, add: (s, v) => s * v },
  ReduceL1: { start: 0, add: (s, v) => s + Math.abs(v) },
  ReduceL2: { start: 0, add: (s, v) => s + v * v, end: Math.sqrt },
  ReduceSumSquare: { start: 0, add: (s, v) => s + v * v },
  ReduceLogSumExp: { start: 0, add: (s, v) => s + Math.exp(v), end: Math.log },
  ReduceLogSum: { ...SUM, end: Math.log },
};

const reduce =
  (reduction: Reduction): Kernel =>
  (node, inputs) => {
    const x = first(inputs);
    const given = inputs[1] ? [...inputs[1].data] : [];
    if (given.length === 0 && intAttribute(node, 'noop_with_empty_axes') === 1) return [x];
    const axes = given.length ? given.map((a) => normalAxis(a, x.dims.length)) : x.dims.map((_, i) => i);
    const kept = x.dims.map((d, i) => (axes.includes(i) ? 1 : d));
    const out = zeros(kept, x.dtype);
    out.data.fill(reduction.start);
    forEachIndex(x.dims, (index, flat) => {
      const at = broadcastOffset(kept, index);
      out.data[at] = reduction.add(out.data[at]!, x.data[flat]!);
    });
    const count = axes.reduce((product, axis) => product * x.dims[axis]!, 1);
    const { end } = reduction;
    if (end)
      out.data.forEach((v, i) => {
        out.data[i] = end(v, count);
      });
    const keepDims = (intAttribute(node, 'keepdims') ?? 1) === 1;
    return [keepDims ? out : { ...out, dims: x.dims.filter((_, i) => !axes.includes(i)) }];
  };

export const rowKernels: Kernels = {
  Softmax: softmax(false),
  LogSoftmax: softmax(true),
  LayerNormalization: layerNormalization,
  BatchNormalization: batchNormalization,
  InstanceNormalization: instanceNormalization,
  LpNormalization: lpNormalization,
  ...Object.fromEntries(Object.entries(REDUCTIONS).map(([op, r]) => [op, reduce(r)])),
};
