import type { GraphBuilder } from '../graph/builder.ts';
import { calc } from '../rules/gradient-rule.ts';
import type { OptimizerOptions } from './optimizer-options.ts';

export interface GradientFactor {
  /** Scalar that every gradient is to be multiplied by; undefined = 1. */
  scale: string | undefined;
  /** Bool scalar: all gradients are finite; undefined = not asked. */
  ok: string | undefined;
  /** Global norm of the gradients before clipping; undefined = not asked. */
  norm: string | undefined;
}

/**
 * One scalar for unscaling and clipping: min(1, clip/(norm + 1e-6)) as torch.nn.utils.clip_grad_norm_, over all
 * gradients together (Pascanu et al. 2013).
 */
export function gradientFactor(
  b: GraphBuilder,
  request: { options: OptimizerOptions; grads: Map<string, string>; scale?: string },
): GradientFactor {
  const c = calc(b);
  const { clipNorm } = request.options;
  if (clipNorm === undefined && !request.scale) return { scale: undefined, ok: undefined, norm: undefined };
  const squares = [...request.grads.values()].map((g) => b.op('ReduceSumSquare', [g], { keepdims: 0 }));
  const raw = c.un(
    'Sqrt',
    squares.reduce((sum, s) => c.add(sum, s)),
  );
  const unscale = request.scale ? c.div(1, request.scale) : undefined;
  const norm = unscale ? c.mul(raw, unscale) : raw;
  const bad = b.op('Or', [b.op('IsNaN', [norm]), b.op('IsInf', [norm])]);
  const clip =
    clipNorm === undefined
      ? undefined
      : b.op('Min', [c.div(b.constant(clipNorm), c.add(norm, 1e-6)), b.constant(1)]);
  const scale = clip && unscale ? c.mul(clip, unscale) : (clip ?? unscale);
  return { scale, norm, ok: request.scale ? b.op('Not', [bad]) : undefined };
}
