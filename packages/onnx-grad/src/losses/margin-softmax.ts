import type { GraphBuilder } from '../graph/builder.ts';
import { calc } from '../rules/gradient-rule.ts';
import { softmaxCrossEntropy } from './cross-entropy.ts';
import { innerProducts, normalizeRows, oneHot } from './loss-math.ts';

export interface MarginSoftmaxOptions {
  /** float32 [B, D], any length: normalised here. */
  embeddings: string;
  /** Class vectors, float32 [C, D]: usually `scope.weight(...)`. */
  classes: string;
  /** int64 [B]. */
  labels: string;
  /** s, the factor on cosines (24–64). */
  scale: number;
  /** m: 0 is the plain normalised softmax; a scalar value of the graph lets the caller ramp it up. Default 0. */
  margin?: number | string;
  /** `cosine`: cos θ − m (CosFace); `angle`: cos(θ + m) (ArcFace). Default cosine. */
  kind?: 'cosine' | 'angle';
  smoothing?: number;
}

/**
 * Normalised softmax (Zhai & Wu 2019), CosFace (Wang et al. 2018, eq. 4) and ArcFace (Deng et al. 2019, eq. 3):
 * cross entropy over s·cos θ, where the label's own cosine is lowered by the margin. For ArcFace
 * cos(θ + m) = cos θ·cos m − √(1 − cos²θ)·sin m, with cosines held within ±(1 − 1e-6); where θ + m would pass π the
 * straight line cos θ − m·sin m takes over, as in the authors' code. Returns the mean loss, a float32 scalar.
 */
export function marginSoftmax(
  b: GraphBuilder,
  options: MarginSoftmaxOptions,
): { loss: string; logits: string } {
  const c = calc(b);
  const { margin = 0, scale } = options;
  const cosines = innerProducts(b, {
    left: normalizeRows(b, options.embeddings),
    right: normalizeRows(b, options.classes),
  });
  const hard = oneHot(b, { labels: options.labels, classes: b.dims(options.classes)[0]! });
  const penalty =
    margin === 0 ? undefined : penaltyOf(b, { cosines, margin, kind: options.kind ?? 'cosine' });
  const shifted = penalty ? c.sub(cosines, c.mul(hard, penalty)) : cosines;
  const scaled = c.mul(shifted, scale);
  const loss = softmaxCrossEntropy(b, { logits: scaled, labels: hard, smoothing: options.smoothing });
  return { loss, logits: cosines };
}

/** By how much the label's own cosine is lowered. */
function penaltyOf(
  b: GraphBuilder,
  spec: { cosines: string; margin: number | string; kind: 'cosine' | 'angle' },
): string {
  const c = calc(b);
  const margin = typeof spec.margin === 'number' ? b.constant(spec.margin) : spec.margin;
  if (spec.kind === 'cosine') return margin;
  const limit = 1 - 1e-6;
  const cosine = b.op('Clip', [spec.cosines, b.constant(-limit), b.constant(limit)]);
  const sine = c.un('Sqrt', c.sub(1, c.mul(cosine, cosine)));
  const turned = c.sub(c.mul(cosine, c.un('Cos', margin)), c.mul(sine, c.un('Sin', margin)));
  const line = c.sub(cosine, c.mul(margin, c.un('Sin', margin)));
  const within = c.mask('Greater', cosine, c.un('Neg', c.un('Cos', margin)));
  const target = c.add(c.mul(within, turned), c.mul(c.sub(1, within), line));
  return c.sub(cosine, target);
}

/** Margin at a step: 0 at first, growing evenly to `margin` over the first `share` of all steps. */
export function marginRamp(spec: { margin: number; step: number; steps: number; share?: number }): number {
  const over = Math.max(1, spec.steps * (spec.share ?? 1 / 3));
  return spec.margin * Math.min(1, spec.step / over);
}
