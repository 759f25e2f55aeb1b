import { calc } from '../rules/gradient-rule.ts';
import type { SgdOptions } from './optimizer-options.ts';
import type { WeightUpdate } from './update-weights.ts';

/** SGD as torch.optim.SGD: g ← g + λw; u ← μu + g; w ← w − lr·u (Nesterov: w − lr·(g + μu)). */
export function sgdWeight(update: WeightUpdate, options: SgdOptions): string {
  const { builder, name, group } = update;
  const c = calc(builder);
  const decay = group.weightDecay ?? 0;
  const grad = decay === 0 ? update.grad : c.add(update.grad, c.mul(name, decay));
  const factor = group.learningRate ?? 1;
  const rate = factor === 1 ? update.learningRate : c.mul(update.learningRate, factor);
  if (!options.momentum) return c.sub(name, c.mul(grad, rate));
  const momentum = update.keep('momentum');
  const next = momentum.put(c.add(c.mul(momentum.current, options.momentum), grad));
  const direction = options.nesterov ? c.add(grad, c.mul(next, options.momentum)) : next;
  return c.sub(name, c.mul(direction, rate));
}
