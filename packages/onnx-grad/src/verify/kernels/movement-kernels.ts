import { normalAxis, sliceRange } from '../../graph/dims.ts';
import { intAttribute, intsAttribute, stringAttribute, type TensorType } from '../../graph/ir.ts';
import { elementCount, valuesOf } from '../../graph/tensor.ts';
import { inferNode } from '../../shapes/infer-node.ts';
import {
  broadcastOffset,
  flatOffset,
  forEachIndex,
  type Kernel,
  type Kernels,
  need,
  type RefTensor,
  zeros,
} from '../kernel.ts';

/** Output types by the shape rules, with every input's values at hand. */
function typesOf(node: Parameters<Kernel>[0], inputs: (RefTensor | undefined)[]): TensorType[] {
  return inferNode({ node, types: inputs, constant: (i) => (inputs[i] ? [...inputs[i].data] : undefined) });
}

const relabel: Kernel = (node, inputs) => {
  const x = need(node, { list: inputs, index: 0 });
  return [{ dtype: x.dtype, dims: typesOf(node, inputs)[0]!.dims, data: x.data }];
};

const transpose: Kernel = (node, inputs) => {
  const x = need(node, { list: inputs, index: 0 });
  const perm = intsAttribute(node, 'perm') ?? x.dims.map((_, i) => x.dims.length - 1 - i);
  const out = zeros(
    perm.map((axis) => x.dims[axis]!),
    x.dtype,
  );
  const from = x.dims.map(() => 0);
  forEachIndex(out.dims, (index, flat) => {
    perm.forEach((axis, i) => {
      from[axis] = index[i]!;
    });
    out.data[flat] = x.data[flatOffset(x.dims, from)]!;
  });
  return [out];
};

const slice: Kernel = (node, inputs) => {
  const x = need(node, { list: inputs, index: 0 });
  const [starts, ends] = [[...inputs[1]!.data], [...inputs[2]!.data]];
  const axes = inputs[3] ? [...inputs[3].data] : starts.map((_, i) => i);
  const steps = inputs[4] ? [...inputs[4].data] : starts.map(() => 1);
  const begin = x.dims.map(() => 0);
  const step = x.dims.map(() => 1);
  const dims = [...x.dims];
  axes.forEach((given, i) => {
    const axis = normalAxis(given, x.dims.length);
    const range = sliceRange(x.dims[axis]!, { start: starts[i]!, end: ends[i]!, step: steps[i]! });
    begin[axis] = range.start;
    step[axis] = range.step;
    dims[axis] = range.count;
  });
  const out = zeros(dims, x.dtype);
  forEachIndex(dims, (index, flat) => {
    out.data[flat] =
      x.data[
        flatOffset(
          x.dims,
          index.map((v, i) => begin[i]! + v * step[i]!),
        )
      ]!;
  });
  return [out];
};

const concat: Kernel = (node, inputs) => {
  const parts = inputs.filter((t) => t !== undefined);
  const out = zeros(typesOf(node, inputs)[0]!.dims, parts[0]!.dtype);
  const axis = normalAxis(intAttribute(node, 'axis') ?? 0, out.dims.length);
  let begin = 0;
  for (const part of parts) {
    forEachIndex(part.dims, (index, flat) => {
      const at = index.map((v, i) => (i === axis ? v + begin : v));
      out.data[flatOffset(out.dims, at)] = part.data[flat]!;
    });
    begin += part.dims[axis]!;
  }
  return [out];
};

const split: Kernel = (node, inputs) => {
  const x = need(node, { list: inputs, index: 0 });
  const axis = normalAxis(intAttribute(node, 'axis') ?? 0, x.dims.length);
  let begin = 0;
  return typesOf(node, inputs).map((type) => {
    const out = zeros(type.dims, x.dtype);
    forEachIndex(type.dims, (index, flat) => {
      out.data[flat] =
        x.data[
          flatOffset(
            x.dims,
            index.map((v, i) => (i === axis ? v + begin : v)),
          )
        ]!;
    });
    begin += type.dims[axis]!;
    return out;
  });
};

const gather: Kernel = (node, inputs) => {
  const x = need(node, { list: inputs, index: 0 });
  const indices = need(node, { list: inputs, index: 1 });
  const axis = normalAxis(intAttribute(node, 'axis') ?? 0, x.dims.length);
  const out = zeros(typesOf(node, inputs)[0]!.dims, x.dtype);
  const rank = indices.dims.length;
  forEachIndex(out.dims, (index, flat) => {
    const raw = indices.data[flatOffset(indices.dims, index.slice(axis, axis + rank))]!;
    const at = raw < 0 ? raw + x.dims[axis]! : raw;
    out.data[flat] = x.data[flatOffset(x.dims, [...index.slice(0, axis), at, ...index.slice(axis + rank)])]!;
  });
  return [out];
};

const gatherElements: Kernel = (node, inputs) => {
  const x = need(node, { list: inputs, index: 0 });
  const indices = need(node, { list: inputs, index: 1 });
  const axis = normalAxis(intAttribute(node, 'axis') ?? 0, x.dims.length);
  const out = zeros(indices.dims, x.dtype);
  forEachIndex(indices.dims, (index, flat) => {
    const raw = indices.data[flat]!;
    const at = index.map((v, i) => (i === axis ? (raw < 0 ? raw + x.dims[axis]! : raw) : v));
    out.data[flat] = x.data[flatOffset(x.dims, at)]!;
  });
  return [out];
};

const scatterElements: Kernel = (node, inputs) => {
  const x = need(node, { list: inputs, index: 0 });
  const indices = need(node, { list: inputs, index: 1 });
  const updates = need(node, { list: inputs, index: 2 });
  const axis = normalAxis(intAttribute(node, 'axis') ?? 0, x.dims.length);
  const add = stringAttribute(node, 'reduction') === 'add';
  const out: RefTensor = { ...x, data: x.data.slice() };
  forEachIndex(indices.dims, (index, flat) => {
    const raw = indices.data[flat]!;
    const at = index.map((v, i) => (i === axis ? (raw < 0 ? raw + x.dims[axis]! : raw) : v));
    const offset = flatOffset(x.dims, at);
    out.data[offset] = (add ? out.data[offset]! : 0) + updates.data[flat]!;
  });
  return [out];
};

const gatherNd: Kernel = (node, inputs) => {
  const x = need(node, { list: inputs, index: 0 });
  const indices = need(node, { list: inputs, index: 1 });
  const batch = intAttribute(node, 'batch_dims') ?? 0;
  const out = zeros(typesOf(node, inputs)[0]!.dims, x.dtype);
  const width = indices.dims.at(-1)!;
  const inner = elementCount(x.dims.slice(batch + width));
  const perBatch = elementCount(indices.dims.slice(batch, -1));
  const size = elementCount(x.dims.slice(batch));
  for (let row = 0; row < indices.data.length / width; row++) {
    let offset = 0;
    for (let i = 0; i < width; i++) {
      const raw = indices.data[row * width + i]!;
      offset = offset * x.dims[batch + i]! + (raw < 0 ? raw + x.dims[batch + i]! : raw);
    }
    const from = Math.floor(row / perBatch) * size * (batch ? 1 : 0) + offset * inner;
    out.data.set(x.data.subarray(from, from + inner), row * inner);
  }
  return [out];
};

const scatterNd: Kernel = (node, inputs) => {
  const x = need(node, { list: inputs, index: 0 });
  const indices = need(node, { list: inputs, index: 1 });
  const updates = need(node, { list: inputs, index: 2 });
  const add = stringAttribute(node, 'reduction') === 'add';
  const width = indices.dims.at(-1)!;
  const inner = elementCount(x.dims.slice(width));
  const out: RefTensor = { ...x, data: x.data.slice() };
  for (let row = 0; row < indices.data.length / width; row++) {
    let offset = 0;
    for (let i = 0; i < width; i++) {
      const raw = indices.data[row * width + i]!;
      offset = offset * x.dims[i]! + (raw < 0 ? raw + x.dims[i]! : raw);
    }
    for (let i = 0; i < inner; i++) {
      const at = offset * inner + i;
      out.data[at] = (add ? out.data[at]! : 0) + updates.data[row * inner + i]!;
    }
  }
  return [out];
};

const pad: Kernel = (node, inputs) => {
  const x = need(node, { list: inputs, index: 0 });
  const out = zeros(typesOf(node, inputs)[0]!.dims, x.dtype);
  out.data.fill(inputs[2]?.data[0] ?? 0);
  const axes = inputs[3]
    ? [...inputs[3].data].map((a) => normalAxis(a, x.dims.length))
    : x.dims.map((_, i) => i);
  const begin = x.dims.map((_, i) => (axes.includes(i) ? inputs[1]!.data[axes.indexOf(i)]! : 0));
  forEachIndex(x.dims, (index, flat) => {
    const at = index.map((v, i) => v + begin[i]!);
    if (at.every((v, i) => v >= 0 && v < out.dims[i]!)) out.data[flatOffset(out.dims, at)] = x.data[flat]!;
  });
  return [out];
};

const expand: Kernel = (node, inputs) => {
  const x = need(node, { list: inputs, index: 0 });
  const out = zeros(typesOf(node, inputs)[0]!.dims, x.dtype);
  forEachIndex(out.dims, (index, flat) => {
    out.data[flat] = x.data[broadcastOffset(x.dims, index)]!;
  });
  return [out];
};

const tile: Kernel = (node, inputs) => {
  const x = need(node, { list: inputs, index: 0 });
  const out = zeros(typesOf(node, inputs)[0]!.dims, x.dtype);
  forEachIndex(out.dims, (index, flat) => {
    out.data[flat] =
      x.data[
        flatOffset(
          x.dims,
          index.map((v, i) => v % x.dims[i]!),
        )
      ]!;
  });
  return [out];
};

const constantOfShape: Kernel = (node, inputs) => {
  const value = node.attributes.value;
  const fill = value?.kind === 'tensor' ? valuesOf(value.value)[0]! : 0;
  const type = typesOf(node, inputs)[0]!;
  const out = zeros(type.dims, type.dtype);
  out.data.fill(fill);
  return [out];
};

export const movementKernels: Kernels = {
  ...Object.fromEntries(['Reshape', 'Flatten', 'Squeeze', 'Unsqueeze'].map((op) => [op, relabel])),
  Transpose: transpose,
  Slice: slice,
  Concat: concat,
  Split: split,
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherNd,
  ScatterElements: scatterElements,
  ScatterND: scatterNd,
  Pad: pad,
  Expand: expand,
  Tile: tile,
  ConstantOfShape: constantOfShape,
};
