import { normalAxis } from '../graph/dims.ts';
import { intAttribute } from '../graph/ir.ts';
import {
  calc,
  castLike,
  type GradientRule,
  type GradientRules,
  outputGrad,
  type RuleContext,
  reduceSum,
  reshape,
  stops,
} from './gradient-rule.ts';

interface Reduced {
  c: ReturnType<typeof calc>;
  context: RuleContext;
  x: string;
  /** Output and its gradient, with the reduced axes kept as 1. */
  y: string;
  g: string;
  axes: number[];
  count: number;
}

const reduction =
  (derive: (spec: Reduced) => string): GradientRule =>
  (context) => {
    const { builder, node } = context;
    const x = node.inputs[0]!;
    const dims = builder.dims(x);
    const given = node.inputs[1] ? (builder.constantOf(node.inputs[1]) ?? []) : [];
    const noop = given.length === 0 && intAttribute(node, 'noop_with_empty_axes') === 1;
    const axes = noop
      ? []
      : given.length
        ? given.map((axis) => normalAxis(axis, dims.length))
        : dims.map((_, i) => i);
    const kept = dims.map((dim, i) => (axes.includes(i) ? 1 : dim));
    const keep = (value: string) => reshape(builder, { x: value, dims: kept });
    const spec = {
      c: calc(builder),
      context,
      x,
      y: keep(node.outputs[0]!),
      g: keep(outputGrad(context)),
      axes,
      count: axes.reduce((product, axis) => product * dims[axis]!, 1),
    };
    const value = derive(spec);
    return [builder.dims(value).every((dim, i) => dim === dims[i]) ? value : stretch(context, value)];
  };

const stretch = ({ builder, node }: RuleContext, value: string) =>
  builder.op('Expand', [value, builder.ints(builder.dims(node.inputs[0]!))]);

/** Max and Min: equal winners share the gradient evenly (as PyTorch's amax and amin do). */
function winner({ c, context, x, y, g, axes }: Reduced): string {
  const { builder } = context;
  const mask = castLike(builder, { x: builder.op('Equal', [x, y]), like: x });
  return c.mul(c.div(g, reduceSum(builder, { x: mask, axes, keep: true })), mask);
}

export const reductionRules: GradientRules = {
  ReduceSum: reduction(({ g }) => g),
  ReduceMean: reduction(({ c, g, count }) => c.mul(g, 1 / count)),
  ReduceMax: reduction(winner),
  ReduceMin: reduction(winner),
  ReduceProd: reduction(({ c, x, y, g }) => c.div(c.mul(g, y), x)),
  ReduceL1: reduction(({ c, x, g }) => c.mul(g, c.sub(c.mask('Greater', x, 0), c.mask('Less', x, 0)))),
  ReduceL2: reduction(({ c, x, y, g }) => c.mul(c.div(g, y), x)),
  ReduceSumSquare: reduction(({ c, x, g }) => c.mul(c.mul(g, 2), x)),
  ReduceLogSumExp: reduction(({ c, x, y, g }) => c.mul(g, c.un('Exp', c.sub(x, y)))),
  ReduceLogSum: reduction(({ c, y, g }) => c.div(g, c.un('Exp', y))),
  ArgMax: stops,
  ArgMin: stops,
};
