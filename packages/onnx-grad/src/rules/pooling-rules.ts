import { GraphError } from '../graph/graph-error.ts';
import { intAttribute, intsAttribute } from '../graph/ir.ts';
import { elementCount, tensorOf } from '../graph/tensor.ts';
import { windowOf } from '../shapes/shape-rule.ts';
import {
  calc,
  castLike,
  type GradientRule,
  type GradientRules,
  outputGrad,
  type RuleContext,
  reduceSum,
  reshape,
} from './gradient-rule.ts';

const spatialAxes = ({ builder, node }: RuleContext) =>
  builder
    .dims(node.inputs[0]!)
    .map((_, i) => i)
    .slice(2);

const globalAverage: GradientRule = (context) => {
  const { builder, node } = context;
  const dims = builder.dims(node.inputs[0]!);
  const area = elementCount(dims.slice(2));
  const share = calc(builder).mul(outputGrad(context), 1 / area);
  return [builder.op('Expand', [share, builder.ints(dims)])];
};

const globalMax: GradientRule = (context) => {
  const { builder, node } = context;
  const c = calc(builder);
  const x = node.inputs[0]!;
  const mask = castLike(builder, { x: builder.op('Equal', [x, node.outputs[0]!]), like: x });
  const count = reduceSum(builder, { x: mask, axes: spatialAxes(context), keep: true });
  return [c.mul(c.div(outputGrad(context), count), mask)];
};

/** Each window's gradient goes to the first largest element, whose place the node's second output tells. */
const maxPool: GradientRule = (context) => {
  const { builder, node } = context;
  const x = node.inputs[0]!;
  const { dtype, dims } = builder.type(x);
  const indices = builder.ops('MaxPool', {
    inputs: [x],
    attributes: node.attributes,
    outputs: 2,
  })[1]!;
  const total = elementCount(dims);
  const zero = { kind: 'tensor', value: tensorOf([0], { dtype, dims: [1] }) } as const;
  const zeros = builder.op('ConstantOfShape', [builder.ints([total])], { value: zero });
  const count = elementCount(builder.dims(node.outputs[0]!));
  const places = reshape(builder, { x: indices, dims: [count] });
  const updates = reshape(builder, { x: outputGrad(context), dims: [count] });
  const spread = builder.op('ScatterElements', [zeros, places, updates], { axis: 0, reduction: 'add' });
  return [reshape(builder, { x: spread, dims })];
};

/** The adjoint of averaging: a depthwise ConvTranspose of the gradient, divided by each window's own count. */
const averagePool: GradientRule = (context) => {
  const { builder, node } = context;
  const x = node.inputs[0]!;
  const { dtype, dims } = builder.type(x);
  const kernel = intsAttribute(node, 'kernel_shape')!;
  const window = windowOf(node, { kernel, input: dims.slice(2) });
  if (intAttribute(node, 'ceil_mode') === 1) {
    throw new GraphError(
      'missing_gradient_rule',
      `AveragePool '${node.name}': ceil_mode has no gradient rule`,
      {
        operator: 'AveragePool',
        node: node.name,
      },
    );
  }
  const g = outputGrad(context);
  const out = builder.dims(g).slice(2);
  const counts = builder.constant(windowCounts({ ...window, size: dims.slice(2), out }, node), {
    dtype,
    dims: [1, 1, ...out],
  });
  const share = calc(builder).div(g, counts);
  const flat = reshape(builder, { x: share, dims: [dims[0]! * dims[1]!, 1, ...out] });
  const ones = builder.constant(new Array(elementCount(kernel)).fill(1), { dtype, dims: [1, 1, ...kernel] });
  const rank = kernel.length;
  const { strides, dilations, pads } = window;
  const rest = kernel.map(
    (k, i) =>
      dims[i + 2]! - (strides[i]! * (out[i]! - 1) + (k - 1) * dilations[i]! + 1 - pads[i]! - pads[i + rank]!),
  );
  const attributes = { dilations, kernel_shape: kernel, output_padding: rest, pads, strides };
  const spread = builder.op('ConvTranspose', [flat, ones], attributes);
  return [reshape(builder, { x: spread, dims })];
};

type Counted = ReturnType<typeof windowOf> & { size: number[]; out: number[] };

/** How many elements each window averages: the whole kernel, or without the padding. */
function windowCounts(spec: Counted, node: RuleContext['node']): number[] {
  const whole = intAttribute(node, 'count_include_pad') === 1;
  const perAxis = spec.out.map((count, axis) =>
    Array.from({ length: count }, (_, o) => {
      const start = o * spec.strides[axis]! - spec.pads[axis]!;
      const taps = Array.from({ length: spec.kernel[axis]! }, (_, k) => start + k * spec.dilations[axis]!);
      return whole ? taps.length : taps.filter((at) => at >= 0 && at < spec.size[axis]!).length;
    }),
  );
  return perAxis.reduce<number[]>((all, counts) => all.flatMap((a) => counts.map((b) => a * b)), [1]);
}

export const poolingRules: GradientRules = {
  GlobalAveragePool: globalAverage,
  GlobalMaxPool: globalMax,
  MaxPool: maxPool,
  AveragePool: averagePool,
};
