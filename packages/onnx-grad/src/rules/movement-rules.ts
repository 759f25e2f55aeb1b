import { normalAxis, sliceRange } from '../graph/dims.ts';
import { GraphError } from '../graph/graph-error.ts';
import { intAttribute, intsAttribute, stringAttribute } from '../graph/ir.ts';
import { elementCount, tensorOf } from '../graph/tensor.ts';
import {
  calc,
  type GradientRule,
  type GradientRules,
  outputGrad,
  type RuleContext,
  reduceSum,
  reshape,
  stops,
  transpose,
  unbroadcast,
} from './gradient-rule.ts';

const relabel: GradientRule = (context) => {
  const { builder, node } = context;
  return [reshape(builder, { x: outputGrad(context), dims: builder.dims(node.inputs[0]!) })];
};

const transposeRule: GradientRule = (context) => {
  const { builder, node } = context;
  const rank = builder.dims(node.inputs[0]!).length;
  const perm = intsAttribute(node, 'perm') ?? Array.from({ length: rank }, (_, i) => rank - 1 - i);
  const inverse = new Array<number>(rank);
  perm.forEach((axis, i) => {
    inverse[axis] = i;
  });
  return [transpose(builder, { x: outputGrad(context), perm: inverse })];
};

const concat: GradientRule = (context) => {
  const { builder, node, wanted } = context;
  const g = outputGrad(context);
  const axis = normalAxis(intAttribute(node, 'axis') ?? 0, builder.dims(g).length);
  let begin = 0;
  return node.inputs.map((input, i) => {
    const start = begin;
    begin += builder.dims(input)[axis]!;
    if (!wanted[i]) return undefined;
    return builder.op('Slice', [g, builder.ints([start]), builder.ints([begin]), builder.ints([axis])]);
  });
};

/** Split: the gradients of its parts side by side; a part that nothing used contributes zeros. */
const split: GradientRule = (context) => {
  const { builder, node } = context;
  const x = node.inputs[0]!;
  const axis = normalAxis(intAttribute(node, 'axis') ?? 0, builder.dims(x).length);
  const parts = node.outputs.map((output, i) => context.grads[i] ?? zerosLike(context, output));
  return [builder.op('Concat', parts, { axis }), undefined];
};

function zerosLike({ builder }: RuleContext, value: string): string {
  const { dtype, dims } = builder.type(value);
  const zero = { kind: 'tensor', value: tensorOf([0], { dtype, dims: [1] }) } as const;
  return builder.op('ConstantOfShape', [builder.ints(dims)], { value: zero });
}

/** Slice: the gradient put back among zeros. Steps above 1 are spread first, negative steps are turned round. */
const slice: GradientRule = (context) => {
  const { builder, node } = context;
  const dims = builder.dims(node.inputs[0]!);
  const list = (i: number) => (node.inputs[i] ? builder.constantOf(node.inputs[i]!) : undefined);
  const starts = list(1)!;
  const axes = (list(3) ?? starts.map((_, i) => i)).map((axis) => normalAxis(axis, dims.length));
  const steps = list(4) ?? starts.map(() => 1);
  let value = outputGrad(context);
  if (elementCount(builder.dims(value)) === 0) return [zerosLike(context, node.inputs[0]!)];
  const pads = new Array<number>(dims.length * 2).fill(0);
  axes.forEach((axis, i) => {
    const range = sliceRange(dims[axis]!, { start: starts[i]!, end: list(2)![i]!, step: steps[i]! });
    const backwards = range.step < 0;
    const step = Math.abs(range.step);
    const first = backwards ? range.start - (range.count - 1) * step : range.start;
    if (backwards) value = reverse(context, { value, axis });
    if (step > 1) value = spread(context, { value, axis, step });
    pads[axis] = first;
    pads[axis + dims.length] = dims[axis]! - first - ((range.count - 1) * step + 1);
  });
  return [pads.some((pad) => pad !== 0) ? builder.op('Pad', [value, builder.ints(pads)]) : value];
};

function reverse({ builder }: RuleContext, at: { value: string; axis: number }): string {
  const far = -(2 ** 31);
  return builder.op('Slice', [
    at.value,
    builder.ints([-1]),
    builder.ints([far]),
    builder.ints([at.axis]),
    builder.ints([-1]),
  ]);
}

/** Puts step − 1 zeros between neighbours along an axis. */
export function spread(
  { builder }: Pick<RuleContext, 'builder'>,
  at: { value: string; axis: number; step: number },
): string {
  const { value, axis, step } = at;
  const dims = builder.dims(value);
  const open = [...dims.slice(0, axis + 1), 1, ...dims.slice(axis + 1)];
  const pads = new Array<number>(open.length * 2).fill(0);
  pads[open.length + axis + 1] = step - 1;
  const padded = builder.op('Pad', [reshape(builder, { x: value, dims: open }), builder.ints(pads)]);
  const long = dims.map((dim, i) => (i === axis ? dim * step : dim));
  const joined = reshape(builder, { x: padded, dims: long });
  const last = (dims[axis]! - 1) * step + 1;
  return builder.op('Slice', [joined, builder.ints([0]), builder.ints([last]), builder.ints([axis])]);
}

const pad: GradientRule = (context) => {
  const { builder, node } = context;
  const mode = stringAttribute(node, 'mode') ?? 'constant';
  if (mode !== 'constant') {
    throw new GraphError('missing_gradient_rule', `Pad '${node.name}': mode ${mode} has no gradient rule`, {
      operator: 'Pad',
      node: node.name,
    });
  }
  const dims = builder.dims(node.inputs[0]!);
  const pads = builder.constantOf(node.inputs[1]!)!;
  const axes = (node.inputs[3] ? builder.constantOf(node.inputs[3])! : dims.map((_, i) => i)).map((axis) =>
    normalAxis(axis, dims.length),
  );
  const starts = axes.map((_, i) => Math.max(0, pads[i]!));
  const ends = axes.map(
    (axis, i) => starts[i]! + dims[axis]! + Math.min(0, pads[i]!) + Math.min(0, pads[i + axes.length]!),
  );
  const g = outputGrad(context);
  const inner = builder.op('Slice', [g, builder.ints(starts), builder.ints(ends), builder.ints(axes)]);
  const cropped = dims.flatMap(() => [0]);
  const back = [...cropped, ...cropped];
  axes.forEach((axis, i) => {
    back[axis] = Math.max(0, -pads[i]!);
    back[axis + dims.length] = Math.max(0, -pads[i + axes.length]!);
  });
  return [back.some((v) => v > 0) ? builder.op('Pad', [inner, builder.ints(back)]) : inner];
};

const expand: GradientRule = (context) => [
  unbroadcast(context.builder, { value: outputGrad(context), like: context.node.inputs[0]! }),
];

const tile: GradientRule = (context) => {
  const { builder, node } = context;
  const dims = builder.dims(node.inputs[0]!);
  const repeats = builder.constantOf(node.inputs[1]!)!;
  const split = dims.flatMap((dim, i) => [repeats[i]!, dim]);
  const open = reshape(builder, { x: outputGrad(context), dims: split });
  return [reduceSum(builder, { x: open, axes: dims.map((_, i) => 2 * i), keep: false })];
};

/** Gather: rows added back where they came from; gathering a single row is a Pad. */
const gather: GradientRule = (context) => {
  const { builder, node } = context;
  const [x, indices] = node.inputs as [string, string];
  const dims = builder.dims(x);
  const axis = normalAxis(intAttribute(node, 'axis') ?? 0, dims.length);
  const g = outputGrad(context);
  const fixed = builder.constantOf(indices);
  if (fixed?.length === 1) {
    const row = reshape(builder, { x: g, dims: dims.map((dim, i) => (i === axis ? 1 : dim)) });
    const at = normalAxis(fixed[0]!, dims[axis]!);
    const pads = new Array<number>(dims.length * 2).fill(0);
    pads[axis] = at;
    pads[axis + dims.length] = dims[axis]! - at - 1;
    return [builder.op('Pad', [row, builder.ints(pads)])];
  }
  const count = elementCount(builder.dims(indices));
  const rows = dims.map((dim, i) => (i === axis ? count : dim));
  const flat = reshape(builder, { x: indices, dims: dims.map((_, i) => (i === axis ? count : 1)) });
  const places = builder.op('Expand', [flat, builder.ints(rows)]);
  const updates = reshape(builder, { x: g, dims: rows });
  return [
    builder.op('ScatterElements', [zerosLike(context, x), places, updates], { axis, reduction: 'add' }),
  ];
};

const gatherElements: GradientRule = (context) => {
  const { builder, node } = context;
  const [x, indices] = node.inputs as [string, string];
  const axis = normalAxis(intAttribute(node, 'axis') ?? 0, builder.dims(x).length);
  const spec = { axis, reduction: 'add' };
  return [builder.op('ScatterElements', [zerosLike(context, x), indices, outputGrad(context)], spec)];
};

const gatherNd: GradientRule = (context) => {
  const { builder, node } = context;
  if ((intAttribute(node, 'batch_dims') ?? 0) !== 0) {
    const place = { operator: node.opType, node: node.name };
    throw new GraphError(
      'missing_gradient_rule',
      `GatherND '${node.name}': batch_dims has no gradient rule`,
      place,
    );
  }
  const [x, indices] = node.inputs as [string, string];
  return [
    builder.op('ScatterND', [zerosLike(context, x), indices, outputGrad(context)], { reduction: 'add' }),
  ];
};

/** CumSum: the sum from the other end. */
const cumSum: GradientRule = (context) => {
  const { builder, node } = context;
  const reverseFlag = intAttribute(node, 'reverse') === 1 ? 0 : 1;
  const exclusive = intAttribute(node, 'exclusive') ?? 0;
  return [builder.op('CumSum', [outputGrad(context), node.inputs[1]!], { reverse: reverseFlag, exclusive })];
};

const trilu: GradientRule = (context) => {
  const { builder, node } = context;
  const rest = node.inputs[1] ? [node.inputs[1]] : [];
  return [builder.op('Trilu', [outputGrad(context), ...rest], { upper: intAttribute(node, 'upper') ?? 1 })];
};

/** TopK: each chosen value's gradient to the place it was chosen from. */
const topK: GradientRule = (context) => {
  const { builder, node } = context;
  const x = node.inputs[0]!;
  const axis = normalAxis(intAttribute(node, 'axis') ?? -1, builder.dims(x).length);
  const spec = { axis, reduction: 'add' };
  const indices = node.outputs[1]!;
  return [builder.op('ScatterElements', [zerosLike(context, x), indices, outputGrad(context)], spec)];
};

/** ScatterElements and ScatterND with reduction none or add. */
const scatter =
  (nd: boolean): GradientRule =>
  (context) => {
    const { builder, node, wanted } = context;
    const [data, indices, updates] = node.inputs as [string, string, string];
    const g = outputGrad(context);
    const add = stringAttribute(node, 'reduction') === 'add';
    const axis = intAttribute(node, 'axis') ?? 0;
    const ones = () => calc(builder).add(zerosLike(context, updates), 1);
    const hit = () =>
      nd
        ? builder.op('ScatterND', [zerosLike(context, data), indices, ones()])
        : builder.op('ScatterElements', [zerosLike(context, data), indices, ones()], { axis });
    const forData = () => (add ? g : calc(builder).mul(g, calc(builder).sub(1, hit())));
    const forUpdates = () =>
      nd ? builder.op('GatherND', [g, indices]) : builder.op('GatherElements', [g, indices], { axis });
    return [wanted[0] ? forData() : undefined, undefined, wanted[2] ? forUpdates() : undefined];
  };

export const movementRules: GradientRules = {
  Reshape: relabel,
  Flatten: relabel,
  Squeeze: relabel,
  Unsqueeze: relabel,
  Transpose: transposeRule,
  Concat: concat,
  Split: split,
  Slice: slice,
  Pad: pad,
  Expand: expand,
  Tile: tile,
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherNd,
  ScatterElements: scatter(false),
  ScatterND: scatter(true),
  CumSum: cumSum,
  Trilu: trilu,
  TopK: topK,
  Shape: stops,
  Size: stops,
  OneHot: stops,
  Range: stops,
  ConstantOfShape: stops,
};
