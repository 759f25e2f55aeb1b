import type { GraphBuilder } from '../graph/builder.ts';
import { calc } from '../rules/gradient-rule.ts';
import type { AdamWOptions, WeightGroup } from './optimizer-options.ts';
import type { WeightUpdate } from './update-weights.ts';

export interface AdamScalars {
  beta1: number;
  beta2: number;
  /** Scalars of the graph. */
  rate: string;
  epsilon: string;
  /** lr·λ. */
  decay: string | undefined;
}

/**
 * AdamW (Loshchilov & Hutter 2019, algorithm 2; as torch.optim.AdamW). The state holds M = m/(1 − β₁) and
 * V = v/(1 − β₂), which saves two passes over every weight; with k = √((1 − β₂)/(1 − β₂ᵗ)) the update
 * lr·m̂/(√v̂ + ε) is  lr·(1 − β₁)/((1 − β₁ᵗ)·k) · M/(√V + ε/k). The powers of β are taken in float64.
 * Decay and change are added before the weight sees them: w·(1 − lr·λ) would round lr·λ away at small rates.
 */
export function adamScalars(
  b: GraphBuilder,
  spec: { options: AdamWOptions; step: string; learningRate: string },
): (group: WeightGroup) => AdamScalars {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01 } = spec.options;
  const c = calc(b);
  const step = b.op('Cast', [spec.step], { to: 11 });
  const single = (x: string) => b.op('Cast', [x], { to: 1 });
  const correction = (beta: number) => c.sub(1, c.pow(b.constant(beta, { dtype: 'float64' }), step));
  const k = c.un('Sqrt', c.div(1 - beta2, correction(beta2)));
  const unit = single(c.div(1 - beta1, c.mul(correction(beta1), k)));
  const rate = c.mul(spec.learningRate, unit);
  const floor = single(c.div(epsilon, k));
  const known = new Map<string, AdamScalars>();
  return (group) => {
    const factor = group.learningRate ?? 1;
    const decay = group.weightDecay ?? weightDecay;
    const key = `${factor}|${decay}`;
    const before = known.get(key);
    if (before) return before;
    const scalars = {
      beta1,
      beta2,
      rate: factor === 1 ? rate : c.mul(rate, factor),
      epsilon: floor,
      decay: decay === 0 ? undefined : c.mul(spec.learningRate, factor * decay),
    };
    known.set(key, scalars);
    return scalars;
  };
}

/** New value of one weight. */
export function adamWeight(update: WeightUpdate, scalars: AdamScalars): string {
  const { builder, grad, name } = update;
  const c = calc(builder);
  const first = update.keep('first');
  const second = update.keep('second');
  const m = first.put(c.add(c.mul(first.current, scalars.beta1), grad));
  const v = second.put(c.add(c.mul(second.current, scalars.beta2), c.mul(grad, grad)));
  const change = c.mul(c.div(m, c.add(c.un('Sqrt', v), scalars.epsilon)), scalars.rate);
  return c.sub(name, scalars.decay ? c.add(change, c.mul(name, scalars.decay)) : change);
}
