import type { GraphBuilder } from '../graph/builder.ts';
import { calc, reduceSum } from '../rules/gradient-rule.ts';
import { innerProducts, meanOf, normalizeRows, pairMasks, squaredDistances } from './loss-math.ts';

export interface PairLossOptions {
  /** float32 [B, D], any length: normalised here. */
  embeddings: string;
  /** int64 [B]: equal labels are the same product. */
  labels: string;
}

const FAR = 1e4;

/**
 * Batch-hard triplet (Hermans et al. 2017, eq. 5): per row, max(0, margin + farthest same − nearest different) on
 * Euclidean distances of unit vectors; the mean over rows that have both kinds. Default margin 0.15.
 */
export function batchHardTriplet(b: GraphBuilder, options: PairLossOptions & { margin?: number }): string {
  const c = calc(b);
  const unit = normalizeRows(b, options.embeddings);
  const { same, different } = pairMasks(b, options.labels);
  const square = squaredDistances(b, { left: unit, right: unit });
  const distance = c.un('Sqrt', c.add(square, 1e-9));
  const axis = b.ints([1]);
  const farthest = b.op('ReduceMax', [c.mul(distance, same), axis], { keepdims: 0 });
  const away = c.add(distance, c.mul(c.sub(1, different), FAR));
  const nearest = b.op('ReduceMin', [away, axis], { keepdims: 0 });
  const has = (mask: string) => b.op('ReduceMax', [mask, axis], { keepdims: 0 });
  const both = c.mul(has(same), has(different));
  const each = c.mul(c.un('Relu', c.add(c.sub(farthest, nearest), options.margin ?? 0.15)), both);
  const total = reduceSum(b, { x: each, axes: [0], keep: false });
  const count = reduceSum(b, { x: both, axes: [0], keep: false });
  return c.div(total, b.op('Max', [count, b.constant(1)]));
}

export interface SharedTripletOptions {
  /** float32 [Q, D]. */
  queries: string;
  /** float32 [Q, D]: the product of each query. */
  positives: string;
  /** float32 [N, D]: negatives that all queries share. */
  negatives: string;
  /** float32 [Q, N], 1 where the negative counts for the query, 0 where it may be the same product. */
  mask?: string;
  margin?: number;
}

/**
 * Triplet with shared negatives: for every query max(0, margin − q·p + q·n) over all shared negatives n, averaged
 * first over the negatives of the query and then over the queries, so that each query weighs the same.
 */
export function sharedNegativeTriplet(b: GraphBuilder, options: SharedTripletOptions): string {
  const c = calc(b);
  const [q, p, n] = [options.queries, options.positives, options.negatives].map((x) =>
    normalizeRows(b, x),
  ) as [string, string, string];
  const positive = reduceSum(b, { x: c.mul(q, p), axes: [1], keep: true });
  const gaps = c.add(c.sub(innerProducts(b, { left: q, right: n }), positive), options.margin ?? 0.2);
  const hinge = c.un('Relu', gaps);
  if (!options.mask) return meanOf(b, hinge);
  const perQuery = reduceSum(b, { x: c.mul(hinge, options.mask), axes: [1], keep: false });
  const counted = reduceSum(b, { x: options.mask, axes: [1], keep: false });
  return meanOf(b, c.div(perQuery, b.op('Max', [counted, b.constant(1)])));
}

export interface MultiSimilarityOptions extends PairLossOptions {
  alpha?: number;
  beta?: number;
  base?: number;
}

/**
 * Multi-similarity (Wang et al. 2019, eq. 15), without its pair mining:
 * 1/α·log(1 + Σ₊ exp(−α(s − λ))) + 1/β·log(1 + Σ₋ exp(β(s − λ))), mean over rows. Defaults α = 2, β = 50, λ = 0.5.
 */
export function multiSimilarity(b: GraphBuilder, options: MultiSimilarityOptions): string {
  const c = calc(b);
  const { alpha = 2, beta = 50, base = 0.5 } = options;
  const unit = normalizeRows(b, options.embeddings);
  const { same, different } = pairMasks(b, options.labels);
  const s = c.sub(innerProducts(b, { left: unit, right: unit }), base);
  const side = (mask: string, factor: number) => {
    const sum = reduceSum(b, { x: c.mul(c.un('Exp', c.mul(s, factor)), mask), axes: [1], keep: false });
    return c.mul(c.un('Log', c.add(sum, 1)), 1 / Math.abs(factor));
  };
  return meanOf(b, c.add(side(same, -alpha), side(different, beta)));
}

export interface InfoNceOptions {
  /** float32 [B, D]; row i of both sides is a pair, all other rows are negatives. */
  left: string;
  right: string;
  /** τ, or a scalar value of the graph. Default 0.07. */
  temperature?: number | string;
  /** Mean of both directions (CLIP, Radford et al. 2021) instead of left → right only. Default true. */
  symmetric?: boolean;
}

/** InfoNCE (van den Oord et al. 2018, eq. 4): cross entropy of the pair among all rows of the batch. */
export function infoNce(b: GraphBuilder, options: InfoNceOptions): string {
  const c = calc(b);
  const { temperature = 0.07, symmetric = true } = options;
  const left = normalizeRows(b, options.left);
  const right = normalizeRows(b, options.right);
  const [n] = b.dims(left) as [number];
  const eye = b.constant(
    Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0)),
    { dims: [n, n] },
  );
  const direction = (from: string, to: string) => {
    const logits = c.div(innerProducts(b, { left: from, right: to }), temperature);
    const logs = b.op('LogSoftmax', [logits], { axis: -1 });
    return c.mul(reduceSum(b, { x: c.mul(logs, eye), axes: [0, 1], keep: false }), -1 / n);
  };
  if (!symmetric) return direction(left, right);
  return c.mul(c.add(direction(left, right), direction(right, left)), 0.5);
}
