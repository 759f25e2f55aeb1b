import { floatAttribute, stringAttribute } from '../graph/ir.ts';
import { geluSlope, normalCdf } from './gelu-gate.ts';
import {
  calc,
  type GradientRule,
  type GradientRules,
  outputGrad,
  type RuleContext,
  stops,
} from './gradient-rule.ts';

type Calc = ReturnType<typeof calc>;
interface Unary {
  c: Calc;
  context: RuleContext;
  x: string;
  y: string;
  g: string;
}

/** dx from x, y = f(x) and g = dL/dy. */
const unary =
  (derive: (spec: Unary) => string): GradientRule =>
  (context) => {
    const c = calc(context.builder);
    return [
      derive({ c, context, x: context.node.inputs[0]!, y: context.node.outputs[0]!, g: outputGrad(context) }),
    ];
  };

const alphaOf = (context: RuleContext, fallback: number) => floatAttribute(context.node, 'alpha') ?? fallback;

/**
 * GELU (Hendrycks & Gimpel 2016): d/dx xΦ(x) = Φ(x) + xφ(x). With w = −x/√2: Φ = ½ − ½·erf(w). Training steps open it first (`graph/open-gelu.ts`).
 */
function gelu({ c, context, x, g }: Unary): string {
  if (stringAttribute(context.node, 'approximate') === 'tanh') return geluTanh({ c, x, g });
  const w = c.mul(x, -Math.SQRT1_2);
  return geluSlope(context.builder, { w, cdf: normalCdf(context.builder, w), g });
}

/** d/dx ½x(1 + tanh u), u = k(x + 0.044715x³): ½(1 + t) + ½x(1 − t²)·k(1 + 0.134145x²). */
function geluTanh({ c, x, g }: Pick<Unary, 'c' | 'x' | 'g'>): string {
  const k = Math.sqrt(2 / Math.PI);
  const square = c.mul(x, x);
  const t = c.un('Tanh', c.mul(c.mul(c.add(c.mul(square, 0.044715), 1), k), x));
  const slope = c.mul(c.add(c.mul(square, 0.134145), 1), k / 2);
  const rest = c.mul(c.mul(x, c.sub(1, c.mul(t, t))), slope);
  return c.mul(g, c.add(c.mul(c.add(t, 1), 0.5), rest));
}

function softplusSlope({ c, x, g }: Unary): string {
  return c.mul(g, c.un('Sigmoid', x));
}

/** mish = x·tanh(s), s = softplus(x): tanh(s) + x·(1 − tanh²(s))·sigmoid(x). */
function mish({ c, x, g }: Unary): string {
  const t = c.un('Tanh', c.un('Softplus', x));
  return c.mul(g, c.add(t, c.mul(c.mul(x, c.sub(1, c.mul(t, t))), c.un('Sigmoid', x))));
}

/** hard-swish = x·clip(x/6 + ½): the derivative is clip(x/6 + ½) + x/6 inside (−3, 3). */
function hardSwish({ c, x, g }: Unary): string {
  const gate = c.un('HardSigmoid', x, { alpha: { float: 1 / 6 }, beta: { float: 0.5 } });
  const inside = c.mask('Less', c.un('Abs', x), 3);
  return c.mul(g, c.add(gate, c.mul(c.mul(x, 1 / 6), inside)));
}

function hardSigmoid({ c, context, y, g }: Unary): string {
  const alpha = alphaOf(context, 0.2);
  const inside = c.mul(c.mask('Greater', y, 0), c.mask('Less', y, 1));
  return c.mul(c.mul(g, alpha), inside);
}

const NO_GRADIENT = 'Ceil Floor Round Sign Not IsNaN IsInf'.split(' ');

export const unaryRules: GradientRules = {
  ...Object.fromEntries(NO_GRADIENT.map((op) => [op, stops])),
  Identity: unary(({ g }) => g),
  Dropout: unary(({ g }) => g),
  Neg: unary(({ c, g }) => c.un('Neg', g)),
  Abs: unary(({ c, x, g }) => c.mul(g, c.sub(c.mask('Greater', x, 0), c.mask('Less', x, 0)))),
  Exp: unary(({ c, y, g }) => c.mul(g, y)),
  Log: unary(({ c, x, g }) => c.div(g, x)),
  Sqrt: unary(({ c, y, g }) => c.div(c.mul(g, 0.5), y)),
  Reciprocal: unary(({ c, y, g }) => c.un('Neg', c.mul(g, c.mul(y, y)))),
  Sin: unary(({ c, x, g }) => c.mul(g, c.un('Cos', x))),
  Cos: unary(({ c, x, g }) => c.un('Neg', c.mul(g, c.un('Sin', x)))),
  Tanh: unary(({ c, y, g }) => c.mul(g, c.sub(1, c.mul(y, y)))),
  Sigmoid: unary(({ c, y, g }) => c.mul(g, c.sub(y, c.mul(y, y)))),
  Erf: unary(({ c, x, g }) => c.div(c.mul(g, 2 / Math.sqrt(Math.PI)), c.un('Exp', c.mul(x, x)))),
  Relu: unary(({ c, y, g }) => c.mul(g, c.mask('Greater', y, 0))),
  LeakyRelu: unary(({ c, context, x, g }) => {
    const alpha = alphaOf(context, 0.01);
    return c.mul(g, c.add(c.mul(c.mask('GreaterOrEqual', x, 0), 1 - alpha), alpha));
  }),
  Elu: unary(({ c, context, x, y, g }) => {
    const below = c.mask('LessOrEqual', x, 0);
    return c.mul(g, c.add(c.sub(1, below), c.mul(below, c.add(y, alphaOf(context, 1)))));
  }),
  Softplus: unary(softplusSlope),
  Mish: unary(mish),
  Softsign: unary(({ c, x, g }) => {
    const d = c.add(c.un('Abs', x), 1);
    return c.div(g, c.mul(d, d));
  }),
  Gelu: unary(gelu),
  HardSwish: unary(hardSwish),
  HardSigmoid: unary(hardSigmoid),
};
