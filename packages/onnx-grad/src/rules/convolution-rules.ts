import { type GraphNode, intAttribute, intsAttribute } from '../graph/ir.ts';
import { elementCount } from '../graph/tensor.ts';
import { windowOf } from '../shapes/shape-rule.ts';
import { type ConvShape, convolutionWeightGrad } from './convolution-weight-grad.ts';
import {
  type GradientRule,
  type GradientRules,
  outputGrad,
  type RuleContext,
  reduceSum,
  reshape,
} from './gradient-rule.ts';

type Spec = Pick<RuleContext, 'builder'> & ConvShape;

/** Weights [O, I/g, k…] → [I, O/g, k…] with every kernel axis turned round: the weights of the adjoint Conv. */
function adjointWeights({ builder, weight, group }: Spec): string {
  const [out, perGroup, ...kernel] = builder.dims(weight) as [number, number, ...number[]];
  const grouped = reshape(builder, { x: weight, dims: [group, out / group, perGroup, ...kernel] });
  const perm = [0, 2, 1, ...kernel.map((_, i) => i + 3)];
  const swapped = out === group && perGroup === 1 ? weight : builder.op('Transpose', [grouped], { perm });
  const flat = reshape(builder, { x: swapped, dims: [group * perGroup, out / group, ...kernel] });
  if (kernel.every((k) => k === 1)) return flat;
  const axes = kernel.map((_, i) => i + 2);
  return builder.op('Slice', [
    flat,
    builder.ints(axes.map(() => -1)),
    builder.ints(axes.map(() => -(2 ** 31))),
    builder.ints(axes),
    builder.ints(axes.map(() => -1)),
  ]);
}

/**
 * Gradient of a convolution's input. Stride 1: a Conv of the gradient with the turned weights, which the runtime runs
 * on all cores; otherwise ConvTranspose, the adjoint by definition.
 */
function inputGrad(spec: Spec & { grad: string; dims: number[] }): string {
  const { builder, grad, kernel, strides, dilations, pads, group } = spec;
  const rank = kernel.length;
  const size = spec.dims.slice(2);
  const reach = kernel.map((k, i) => (k - 1) * dilations[i]!);
  const turned = [...reach.map((r, i) => r - pads[i]!), ...reach.map((r, i) => r - pads[i + rank]!)];
  if (strides.every((s) => s === 1) && turned.every((p) => p >= 0)) {
    const attributes = { dilations, group, kernel_shape: kernel, pads: turned, strides };
    return builder.op('Conv', [grad, adjointWeights(spec)], attributes);
  }
  const out = builder.dims(grad).slice(2);
  const rest = size.map(
    (s, i) => s - (strides[i]! * (out[i]! - 1) + reach[i]! + 1 - pads[i]! - pads[i + rank]!),
  );
  const attributes = { dilations, group, kernel_shape: kernel, output_padding: rest, pads, strides };
  return builder.op('ConvTranspose', [grad, spec.weight], attributes);
}

/** Sum over everything but channels. */
function biasGrad({ builder }: RuleContext, grad: string): string {
  const [n, channels, ...space] = builder.dims(grad) as [number, number, ...number[]];
  const flat = reshape(builder, { x: grad, dims: [n, channels, elementCount(space)] });
  return reduceSum(builder, { x: flat, axes: [0, 2], keep: false });
}

function shapeOf(context: RuleContext, window: ReturnType<typeof windowOf>): ConvShape {
  return { ...window, group: intAttribute(context.node, 'group') ?? 1, weight: context.node.inputs[1]! };
}

const conv: GradientRule = (context) => {
  const { builder, node, wanted } = context;
  const [x, weight] = node.inputs as [string, string];
  const dims = builder.dims(x);
  const window = windowOf(node, { kernel: builder.dims(weight).slice(2), input: dims.slice(2) });
  const shape = shapeOf(context, window);
  const g = outputGrad(context);
  return [
    wanted[0] ? inputGrad({ builder, ...shape, grad: g, dims }) : undefined,
    wanted[1] ? convolutionWeightGrad(builder, { ...shape, input: x, grad: g }) : undefined,
    node.inputs[2] && wanted[2] ? biasGrad(context, g) : undefined,
  ];
};

function transposedWindow(node: GraphNode, kernel: number[]) {
  const ones = kernel.map(() => 1);
  const none = [...kernel, ...kernel].map(() => 0);
  return {
    kernel,
    strides: intsAttribute(node, 'strides') ?? ones,
    dilations: intsAttribute(node, 'dilations') ?? ones,
    pads: intsAttribute(node, 'pads') ?? none,
  };
}

/** ConvTranspose is the adjoint of Conv: its input's gradient is that Conv, its weights' with the roles swapped. */
const convTranspose: GradientRule = (context) => {
  const { builder, node, wanted } = context;
  const [x, weight] = node.inputs as [string, string];
  const window = transposedWindow(node, builder.dims(weight).slice(2));
  const shape = shapeOf(context, window);
  const g = outputGrad(context);
  const { kernel, strides, dilations, pads, group } = shape;
  const attributes = { dilations, group, kernel_shape: kernel, pads, strides };
  return [
    wanted[0] ? builder.op('Conv', [g, weight], attributes) : undefined,
    wanted[1] ? convolutionWeightGrad(builder, { ...shape, input: g, grad: x }) : undefined,
    node.inputs[2] && wanted[2] ? biasGrad(context, g) : undefined,
  ];
};

export const convolutionRules: GradientRules = { Conv: conv, ConvTranspose: convTranspose };
