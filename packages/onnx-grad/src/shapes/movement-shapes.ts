import { normalAxis, sliceRange } from '../graph/dims.ts';
import { intAttribute, intsAttribute, type TensorType } from '../graph/ir.ts';
import { elementCount } from '../graph/tensor.ts';
import {
  inputType,
  misfit,
  needConstant,
  type ShapeContext,
  type ShapeRule,
  type ShapeRules,
} from './shape-rule.ts';

const one =
  (dims: (context: ShapeContext, x: TensorType) => number[]): ShapeRule =>
  (context) => {
    const x = inputType(context);
    return [{ dtype: x.dtype, dims: dims(context, x) }];
  };

function reshape(context: ShapeContext, x: TensorType): number[] {
  const keepZero = intAttribute(context.node, 'allowzero') !== 1;
  const wanted = needConstant(context, 1).map((d, i) => (d === 0 && keepZero ? x.dims[i]! : d));
  const known = wanted.reduce((product, d) => (d === -1 ? product : product * d), 1);
  const dims = wanted.map((d) => (d === -1 ? elementCount(x.dims) / known : d));
  if (elementCount(dims) !== elementCount(x.dims)) throw misfit(context, `[${x.dims}] into [${wanted}]`);
  return dims;
}

function squeeze(context: ShapeContext, x: TensorType): number[] {
  const axes = context.types[1]
    ? needConstant(context, 1).map((a) => normalAxis(a, x.dims.length))
    : undefined;
  return x.dims.filter((dim, i) => (axes ? !axes.includes(i) : dim !== 1));
}

function unsqueeze(context: ShapeContext, x: TensorType): number[] {
  const given = needConstant(context, 1);
  const rank = x.dims.length + given.length;
  const axes = new Set(given.map((a) => normalAxis(a, rank)));
  const rest = [...x.dims];
  return Array.from({ length: rank }, (_, i) => (axes.has(i) ? 1 : rest.shift()!));
}

function reduce(context: ShapeContext, x: TensorType): number[] {
  const given = context.types[1] ? needConstant(context, 1) : [];
  if (given.length === 0 && intAttribute(context.node, 'noop_with_empty_axes') === 1) return [...x.dims];
  const axes = given.length ? given.map((a) => normalAxis(a, x.dims.length)) : x.dims.map((_, i) => i);
  const keepDims = (intAttribute(context.node, 'keepdims') ?? 1) === 1;
  return x.dims.flatMap((dim, i) => (!axes.includes(i) ? [dim] : keepDims ? [1] : []));
}

function slice(context: ShapeContext, x: TensorType): number[] {
  const starts = needConstant(context, 1);
  const ends = needConstant(context, 2);
  const axes = context.types[3] ? needConstant(context, 3) : starts.map((_, i) => i);
  const steps = context.types[4] ? needConstant(context, 4) : starts.map(() => 1);
  const dims = [...x.dims];
  axes.forEach((given, i) => {
    const axis = normalAxis(given, dims.length);
    dims[axis] = sliceRange(x.dims[axis]!, { start: starts[i]!, end: ends[i]!, step: steps[i]! }).count;
  });
  return dims;
}

function concat(context: ShapeContext, x: TensorType): number[] {
  const axis = normalAxis(intAttribute(context.node, 'axis') ?? 0, x.dims.length);
  const total = context.types.reduce((sum, type) => sum + (type?.dims[axis] ?? 0), 0);
  return x.dims.map((dim, i) => (i === axis ? total : dim));
}

const split: ShapeRule = (context) => {
  const x = inputType(context);
  const axis = normalAxis(intAttribute(context.node, 'axis') ?? 0, x.dims.length);
  const count = context.node.outputs.length;
  const chunk = Math.ceil(x.dims[axis]! / count);
  const sizes = context.types[1]
    ? needConstant(context, 1)
    : Array.from({ length: count }, (_, i) => Math.min(chunk, x.dims[axis]! - i * chunk));
  return sizes.map((size) => ({ dtype: x.dtype, dims: x.dims.map((d, i) => (i === axis ? size : d)) }));
};

function gather(context: ShapeContext, x: TensorType): number[] {
  const axis = normalAxis(intAttribute(context.node, 'axis') ?? 0, x.dims.length);
  return [...x.dims.slice(0, axis), ...inputType(context, 1).dims, ...x.dims.slice(axis + 1)];
}

function gatherNd(context: ShapeContext, x: TensorType): number[] {
  const indices = inputType(context, 1).dims;
  const batch = intAttribute(context.node, 'batch_dims') ?? 0;
  return [...indices.slice(0, -1), ...x.dims.slice(batch + indices.at(-1)!)];
}

function pad(context: ShapeContext, x: TensorType): number[] {
  const pads = needConstant(context, 1);
  const axes = context.types[3]
    ? needConstant(context, 3).map((a) => normalAxis(a, x.dims.length))
    : x.dims.map((_, i) => i);
  const dims = [...x.dims];
  axes.forEach((axis, i) => {
    dims[axis] = dims[axis]! + pads[i]! + pads[i + axes.length]!;
  });
  return dims;
}

const expand: ShapeRule = (context) => {
  const x = inputType(context);
  const wanted = needConstant(context, 1);
  const rank = Math.max(wanted.length, x.dims.length);
  const dims = Array.from({ length: rank }, (_, i) =>
    Math.max(wanted[wanted.length - rank + i] ?? 1, x.dims[x.dims.length - rank + i] ?? 1),
  );
  return [{ dtype: x.dtype, dims }];
};

function argReduce(context: ShapeContext): TensorType[] {
  const x = inputType(context);
  const axis = normalAxis(intAttribute(context.node, 'axis') ?? 0, x.dims.length);
  const keepDims = (intAttribute(context.node, 'keepdims') ?? 1) === 1;
  return [{ dtype: 'int64', dims: x.dims.flatMap((dim, i) => (i !== axis ? [dim] : keepDims ? [1] : [])) }];
}

const topK: ShapeRule = (context) => {
  const x = inputType(context);
  const axis = normalAxis(intAttribute(context.node, 'axis') ?? -1, x.dims.length);
  const dims = x.dims.map((dim, i) => (i === axis ? needConstant(context, 1)[0]! : dim));
  return [
    { dtype: x.dtype, dims },
    { dtype: 'int64', dims },
  ];
};

const oneHot: ShapeRule = (context) => {
  const indices = inputType(context, 0).dims;
  const axis = normalAxis(intAttribute(context.node, 'axis') ?? -1, indices.length + 1);
  const depth = needConstant(context, 1)[0]!;
  return [
    { dtype: inputType(context, 2).dtype, dims: [...indices.slice(0, axis), depth, ...indices.slice(axis)] },
  ];
};

const REDUCTIONS =
  'ReduceSum ReduceMean ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceSumSquare ReduceLogSumExp ReduceLogSum'.split(
    ' ',
  );

export const movementShapes: ShapeRules = {
  ...Object.fromEntries(REDUCTIONS.map((op) => [op, one(reduce)])),
  Reshape: one(reshape),
  Flatten: one((context, x) => {
    const axis = normalAxis(intAttribute(context.node, 'axis') ?? 1, x.dims.length);
    return [elementCount(x.dims.slice(0, axis)), elementCount(x.dims.slice(axis))];
  }),
  Transpose: one((context, x) => {
    const perm = intsAttribute(context.node, 'perm') ?? x.dims.map((_, i) => x.dims.length - 1 - i);
    return perm.map((axis) => x.dims[axis]!);
  }),
  Squeeze: one(squeeze),
  Unsqueeze: one(unsqueeze),
  Slice: one(slice),
  Concat: one(concat),
  Split: split,
  Gather: one(gather),
  GatherElements: one((context) => [...inputType(context, 1).dims]),
  GatherND: one(gatherNd),
  Pad: one(pad),
  Expand: expand,
  Tile: one((context, x) => x.dims.map((dim, i) => dim * needConstant(context, 1)[i]!)),
  Shape: (context) => {
    const rank = inputType(context).dims.length;
    const dims = Array.from({ length: rank }, (_, i) => i);
    const part = dims.slice(
      intAttribute(context.node, 'start') ?? 0,
      intAttribute(context.node, 'end') ?? rank,
    );
    return [{ dtype: 'int64', dims: [part.length] }];
  },
  Size: () => [{ dtype: 'int64', dims: [] }],
  ConstantOfShape: (context) => {
    const value = context.node.attributes.value;
    const dtype = value?.kind === 'tensor' ? value.value.dtype : 'float32';
    return [{ dtype, dims: needConstant(context, 0) }];
  },
  Range: (context) => {
    const [start, limit, delta] = [0, 1, 2].map((i) => needConstant(context, i)[0]!) as [
      number,
      number,
      number,
    ];
    return [{ dtype: inputType(context).dtype, dims: [Math.max(0, Math.ceil((limit - start) / delta))] }];
  },
  ArgMax: argReduce,
  ArgMin: argReduce,
  TopK: topK,
  OneHot: oneHot,
};
