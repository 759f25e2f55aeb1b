import { gateGrad } from './gelu-gate.ts';
import {
  calc,
  castLike,
  type GradientRule,
  type GradientRules,
  outputGrad,
  type RuleContext,
  stops,
  unbroadcast,
} from './gradient-rule.ts';

interface Binary {
  c: ReturnType<typeof calc>;
  context: RuleContext;
  a: string;
  b: string;
  y: string;
  g: string;
}

/** Rule of an operator with two broadcast operands, from one formula an operand. */
const binary =
  (left: (spec: Binary) => string, right: (spec: Binary) => string): GradientRule =>
  (context) => {
    const [a, b] = context.node.inputs as [string, string];
    const spec = {
      c: calc(context.builder),
      context,
      a,
      b,
      y: context.node.outputs[0]!,
      g: outputGrad(context),
    };
    return [left, right].map((formula, i) =>
      context.wanted[i]
        ? unbroadcast(context.builder, { value: formula(spec), like: context.node.inputs[i]! })
        : undefined,
    );
  };

/** Gradient of Sum and Mean: the output's own, divided by the number of operands for Mean. */
const spread =
  (mean: boolean): GradientRule =>
  (context) => {
    const g = outputGrad(context);
    const count = context.node.inputs.length;
    const value = mean ? calc(context.builder).mul(g, 1 / count) : g;
    return context.node.inputs.map((like, i) =>
      context.wanted[i] ? unbroadcast(context.builder, { value, like }) : undefined,
    );
  };

/** Max and Min: to the operand that won; equal operands share it evenly (as PyTorch's maximum does). */
const winner: GradientRule = (context) => {
  const { builder } = context;
  const c = calc(builder);
  const y = context.node.outputs[0]!;
  const masks = context.node.inputs.map((x) =>
    castLike(builder, { x: builder.op('Equal', [x, y]), like: y }),
  );
  const share = c.div(
    outputGrad(context),
    masks.reduce((sum, mask) => c.add(sum, mask)),
  );
  return context.node.inputs.map((like, i) =>
    context.wanted[i] ? unbroadcast(builder, { value: c.mul(share, masks[i]!), like }) : undefined,
  );
};

/** d(aᵇ)/da = b·aᵇ⁻¹; squares and square roots, by far the most frequent, take a shorter way. */
function powerBase({ c, context, a, b, y, g }: Binary): string {
  const exponent = context.builder.constantOf(b);
  if (exponent?.length === 1 && exponent[0] === 2) return c.mul(g, c.mul(a, 2));
  if (exponent?.length === 1 && exponent[0] === 0.5) return c.div(c.mul(g, 0.5), y);
  return c.mul(g, c.mul(b, c.pow(a, c.sub(b, 1))));
}

const where: GradientRule = (context) => {
  const { builder } = context;
  const c = calc(builder);
  const g = outputGrad(context);
  const mask = castLike(builder, { x: context.node.inputs[0]!, like: g });
  const part = (i: 1 | 2) => {
    if (!context.wanted[i]) return undefined;
    const value = c.mul(g, i === 1 ? mask : c.sub(1, mask));
    return unbroadcast(builder, { value, like: context.node.inputs[i]! });
  };
  return [undefined, part(1), part(2)];
};

/** Clip passes the gradient where the value was within the bounds, bounds included (PyTorch's clamp). */
const clip: GradientRule = (context) => {
  const { builder, node } = context;
  const inside = castLike(builder, {
    x: builder.op('Equal', [node.inputs[0]!, node.outputs[0]!]),
    like: node.inputs[0]!,
  });
  return [calc(builder).mul(outputGrad(context), inside), undefined, undefined];
};

const cast: GradientRule = (context) => [
  castLike(context.builder, { x: outputGrad(context), like: context.node.inputs[0]! }),
];

const factors = binary(
  ({ c, b, g }) => c.mul(g, b),
  ({ c, a, g }) => c.mul(g, a),
);

const product: GradientRule = (context) => {
  const gated = gateGrad(context, outputGrad(context));
  return gated ? [gated, undefined] : factors(context);
};

const NO_GRADIENT = 'Equal Greater GreaterOrEqual Less LessOrEqual And Or Xor Mod'.split(' ');

export const binaryRules: GradientRules = {
  ...Object.fromEntries(NO_GRADIENT.map((op) => [op, stops])),
  Add: binary(
    ({ g }) => g,
    ({ g }) => g,
  ),
  Sub: binary(
    ({ g }) => g,
    ({ c, g }) => c.un('Neg', g),
  ),
  Mul: product,
  Div: binary(
    ({ c, b, g }) => c.div(g, b),
    ({ c, b, y, g }) => c.un('Neg', c.div(c.mul(g, y), b)),
  ),
  Pow: binary(powerBase, ({ c, a, y, g }) => c.mul(g, c.mul(y, c.un('Log', a)))),
  PRelu: binary(
    ({ c, a, b, g }) => {
      const positive = c.mask('GreaterOrEqual', a, 0);
      return c.mul(g, c.add(positive, c.mul(c.sub(1, positive), b)));
    },
    ({ c, a, g }) => c.mul(g, c.mul(a, c.mask('Less', a, 0))),
  ),
  Sum: spread(false),
  Mean: spread(true),
  Max: winner,
  Min: winner,
  Where: where,
  Clip: clip,
  Cast: cast,
};
