import type { GraphBuilder } from '../graph/builder.ts';
import { type GraphNode, stringAttribute } from '../graph/ir.ts';
import { calc, type GradientRule, type GradientRules, outputGrad } from './gradient-rule.ts';

interface Gelu {
  b: GraphBuilder;
  node: GraphNode;
  x: string;
  g: string;
}

/**
 * GELU (Hendrycks & Gimpel 2016): d/dx xΦ(x) = Φ(x) + xφ(x). With w = −x/√2: Φ = ½ − ½·erf(w), written as a
 * HardSigmoid because that is an affine map in one pass, and φ by exp(−w²) as a division by exp(w²). Φ is computed in
 * the forward pass, which is then a product: the error function is the dearest part, and is needed once, not twice.
 */
function exact({ b, node, x, g }: Gelu): string {
  const c = calc(b);
  const from = b.nodes.length;
  const w = c.mul(x, -Math.SQRT1_2);
  const cdf = c.un('HardSigmoid', c.un('Erf', w), { alpha: { float: -0.5 }, beta: { float: 0.5 } });
  useInForward(b, { node, from, inputs: [x, cdf] });
  const tail = c.div(w, c.un('Exp', c.mul(w, w)));
  return c.mul(g, c.sub(cdf, c.mul(tail, 1 / Math.sqrt(Math.PI))));
}

/** Puts the nodes added since `from` before the forward node, which becomes the product of `inputs`. */
function useInForward(b: GraphBuilder, spec: { node: GraphNode; from: number; inputs: string[] }): void {
  const place = b.nodes.indexOf(spec.node);
  if (place < 0) return;
  b.nodes.splice(place, 0, ...b.nodes.splice(spec.from));
  spec.node.opType = 'Mul';
  spec.node.inputs = spec.inputs;
  spec.node.attributes = {};
}

/** d/dx ½x(1 + tanh u), u = k(x + 0.044715x³): ½(1 + t) + ½x(1 − t²)·k(1 + 0.134145x²). */
function byTanh({ b, x, g }: Gelu): string {
  const c = calc(b);
  const k = Math.sqrt(2 / Math.PI);
  const square = c.mul(x, x);
  const t = c.un('Tanh', c.mul(c.mul(c.add(c.mul(square, 0.044715), 1), k), x));
  const slope = c.mul(c.add(c.mul(square, 0.134145), 1), k / 2);
  const rest = c.mul(c.mul(x, c.sub(1, c.mul(t, t))), slope);
  return c.mul(g, c.add(c.mul(c.add(t, 1), 0.5), rest));
}

const gelu: GradientRule = (context) => {
  const { builder, node } = context;
  const derive = stringAttribute(node, 'approximate') === 'tanh' ? byTanh : exact;
  return [derive({ b: builder, node, x: node.inputs[0]!, g: outputGrad(context) })];
};

export const geluRules: GradientRules = { Gelu: gelu };
