import { normalAxis } from '../../graph/dims.ts';
import { intAttribute } from '../../graph/ir.ts';
import { elementCount } from '../../graph/tensor.ts';
import { forEachIndex, type Kernel, type Kernels, need, zeros } from '../kernel.ts';

const range: Kernel = (_, inputs) => {
  const [start, limit, delta] = [0, 1, 2].map((i) => inputs[i]!.data[0]!) as [number, number, number];
  const count = Math.max(0, Math.ceil((limit - start) / delta));
  return [
    {
      dtype: inputs[0]!.dtype,
      dims: [count],
      data: Float64Array.from({ length: count }, (_, i) => start + i * delta),
    },
  ];
};

const argBest =
  (sign: 1 | -1): Kernel =>
  (node, inputs) => {
    const x = need(node, { list: inputs, index: 0 });
    const axis = normalAxis(intAttribute(node, 'axis') ?? 0, x.dims.length);
    const step = elementCount(x.dims.slice(axis + 1));
    const size = x.dims[axis]!;
    const keepDims = (intAttribute(node, 'keepdims') ?? 1) === 1;
    const out = zeros(
      x.dims.flatMap((d, i) => (i !== axis ? [d] : keepDims ? [1] : [])),
      'int64',
    );
    out.data.forEach((_, line) => {
      const base = Math.floor(line / step) * step * size + (line % step);
      let best = 0;
      for (let i = 1; i < size; i++)
        if (sign * x.data[base + i * step]! > sign * x.data[base + best * step]!) best = i;
      out.data[line] = best;
    });
    return [out];
  };

const topK: Kernel = (node, inputs) => {
  const x = need(node, { list: inputs, index: 0 });
  const k = need(node, { list: inputs, index: 1 }).data[0]!;
  const axis = normalAxis(intAttribute(node, 'axis') ?? -1, x.dims.length);
  const sign = (intAttribute(node, 'largest') ?? 1) === 1 ? -1 : 1;
  const dims = x.dims.map((d, i) => (i === axis ? k : d));
  const [values, places] = [zeros(dims, x.dtype), zeros(dims, 'int64')];
  const size = x.dims[axis]!;
  const step = elementCount(x.dims.slice(axis + 1));
  for (let line = 0; line < x.data.length / size; line++) {
    const base = Math.floor(line / step) * step * size + (line % step);
    const into = Math.floor(line / step) * step * k + (line % step);
    const order = Array.from({ length: size }, (_, i) => i).sort(
      (a, b) => sign * (x.data[base + a * step]! - x.data[base + b * step]!) || a - b,
    );
    for (let i = 0; i < k; i++) {
      values.data[into + i * step] = x.data[base + order[i]! * step]!;
      places.data[into + i * step] = order[i]!;
    }
  }
  return [values, places];
};

const oneHot: Kernel = (node, inputs) => {
  const indices = need(node, { list: inputs, index: 0 });
  const depth = need(node, { list: inputs, index: 1 }).data[0]!;
  const values = need(node, { list: inputs, index: 2 });
  const axis = normalAxis(intAttribute(node, 'axis') ?? -1, indices.dims.length + 1);
  const out = zeros([...indices.dims.slice(0, axis), depth, ...indices.dims.slice(axis)], values.dtype);
  forEachIndex(out.dims, (index, flat) => {
    const at = index.filter((_, i) => i !== axis).reduce((o, v, i) => o * indices.dims[i]! + v, 0);
    const raw = indices.data[at]!;
    out.data[flat] = values.data[(raw < 0 ? raw + depth : raw) === index[axis] ? 1 : 0]!;
  });
  return [out];
};

const cumSum: Kernel = (node, inputs) => {
  const x = need(node, { list: inputs, index: 0 });
  const axis = normalAxis(need(node, { list: inputs, index: 1 }).data[0]!, x.dims.length);
  const size = x.dims[axis]!;
  const step = elementCount(x.dims.slice(axis + 1));
  const reverse = intAttribute(node, 'reverse') === 1;
  const exclusive = intAttribute(node, 'exclusive') === 1;
  const out = zeros(x.dims, x.dtype);
  for (let line = 0; line < x.data.length / size; line++) {
    const base = Math.floor(line / step) * step * size + (line % step);
    let sum = 0;
    for (let n = 0; n < size; n++) {
      const at = base + (reverse ? size - 1 - n : n) * step;
      if (exclusive) out.data[at] = sum;
      sum += x.data[at]!;
      if (!exclusive) out.data[at] = sum;
    }
  }
  return [out];
};

const trilu: Kernel = (node, inputs) => {
  const x = need(node, { list: inputs, index: 0 });
  const k = inputs[1]?.data[0] ?? 0;
  const upper = (intAttribute(node, 'upper') ?? 1) === 1;
  const out = zeros(x.dims, x.dtype);
  forEachIndex(x.dims, (index, flat) => {
    const offset = index.at(-1)! - index.at(-2)!;
    out.data[flat] = (upper ? offset >= k : offset <= k) ? x.data[flat]! : 0;
  });
  return [out];
};

export const indexKernels: Kernels = {
  Shape: (node, inputs) => {
    const { dims } = need(node, { list: inputs, index: 0 });
    const start = intAttribute(node, 'start') ?? 0;
    const part = dims.slice(start, intAttribute(node, 'end') ?? dims.length);
    return [{ dtype: 'int64', dims: [part.length], data: Float64Array.from(part) }];
  },
  Size: (node, inputs) => [
    { dtype: 'int64', dims: [], data: Float64Array.of(need(node, { list: inputs, index: 0 }).data.length) },
  ],
  Range: range,
  ArgMax: argBest(1),
  ArgMin: argBest(-1),
  TopK: topK,
  OneHot: oneHot,
  CumSum: cumSum,
  Trilu: trilu,
};
