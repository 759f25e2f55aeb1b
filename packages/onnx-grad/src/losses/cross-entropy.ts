import type { GraphBuilder } from '../graph/builder.ts';
import { calc } from '../rules/gradient-rule.ts';
import { meanOf, oneHot, sumLast } from './loss-math.ts';

export interface CrossEntropyOptions {
  /** float32 [B, C]. */
  logits: string;
  /** int64 [B], or float32 [B, C] of probabilities. */
  labels: string;
  /** ε: targets become (1 − ε)·y + ε/C (Szegedy et al. 2016, §7). Default 0. */
  smoothing?: number;
}

/** Softmax cross entropy, mean over the batch: −Σ t·log softmax(logits). Returns a float32 scalar. */
export function softmaxCrossEntropy(b: GraphBuilder, options: CrossEntropyOptions): string {
  const c = calc(b);
  const classes = b.dims(options.logits)[1]!;
  const target = smoothTargets(b, { ...options, classes });
  const logs = b.op('LogSoftmax', [options.logits], { axis: -1 });
  return c.un('Neg', meanOf(b, sumLast(b, c.mul(target, logs))));
}

function smoothTargets(b: GraphBuilder, options: CrossEntropyOptions & { classes: number }): string {
  const { labels, classes, smoothing = 0 } = options;
  const c = calc(b);
  const hard = b.dtype(labels) === 'int64' ? oneHot(b, { labels, classes }) : labels;
  return smoothing === 0 ? hard : c.add(c.mul(hard, 1 - smoothing), smoothing / classes);
}

/** Share of rows whose largest logit is the label's (int64 [B]): a metric, not a loss. */
export function accuracy(b: GraphBuilder, spec: { logits: string; labels: string }): string {
  const best = b.op('ArgMax', [spec.logits], { axis: 1, keepdims: 0 });
  return meanOf(b, b.op('Cast', [b.op('Equal', [best, spec.labels])], { to: 1 }));
}
