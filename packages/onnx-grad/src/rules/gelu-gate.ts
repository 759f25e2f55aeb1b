import type { GraphBuilder } from '../graph/builder.ts';
import { floatAttribute, type GraphNode } from '../graph/ir.ts';
import { calc, type RuleContext } from './gradient-rule.ts';

/** x·Φ with Φ = ½ − ½·erf(w), w = −x/√2; or w·Φ. */
interface Gate {
  w: string;
  cdf: string;
}

/**
 * Gradient of the first factor of x·Φ(x) as `graph/open-gelu.ts` writes it, taken as one: nothing flows through erf.
 * undefined where the product is another one.
 */
export function gateGrad(
  { builder, node }: Pick<RuleContext, 'builder' | 'node'>,
  g: string,
): string | undefined {
  const gate = gateOf(builder, node);
  return gate && geluSlope(builder, { ...gate, g });
}

/**
 * g·d/dx xΦ(x) = g·(Φ(x) + xφ(x)), with φ by exp(−w²) as a division by exp(w²). For w·Φ it is the same expression.
 */
export function geluSlope(b: GraphBuilder, { w, cdf, g }: Gate & { g: string }): string {
  const c = calc(b);
  const tail = c.div(w, c.un('Exp', c.mul(w, w)));
  return c.mul(g, c.sub(cdf, c.mul(tail, 1 / Math.sqrt(Math.PI))));
}

/** Φ(x) for w = −x/√2, in one pass behind erf: HardSigmoid is an affine map within 0 and 1. */
export function normalCdf(b: GraphBuilder, w: string): string {
  return b.op('HardSigmoid', [b.op('Erf', [w])], { alpha: { float: -0.5 }, beta: { float: 0.5 } });
}

function gateOf(b: GraphBuilder, node: GraphNode): Gate | undefined {
  const [x, cdf] = node.inputs as [string, string];
  const affine = b.producers.get(cdf);
  if (affine?.opType !== 'HardSigmoid') return undefined;
  if (floatAttribute(affine, 'alpha') !== -0.5 || floatAttribute(affine, 'beta') !== 0.5) return undefined;
  const curve = b.producers.get(affine.inputs[0]!);
  const w = curve?.opType === 'Erf' ? curve.inputs[0]! : undefined;
  return w !== undefined && (w === x || isScaled(b, { w, x })) ? { w, cdf } : undefined;
}

/** Whether w = −x/√2. */
function isScaled(b: GraphBuilder, { w, x }: { w: string; x: string }): boolean {
  const maker = b.producers.get(w);
  const factor =
    maker?.opType === 'Mul' && maker.inputs[0] === x ? b.constantOf(maker.inputs[1]!) : undefined;
  return factor?.length === 1 && Math.abs(factor[0]! + Math.SQRT1_2) < 1e-7;
}
