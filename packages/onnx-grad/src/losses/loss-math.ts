import type { GraphBuilder } from '../graph/builder.ts';
import { calc, reduceSum, swapLast } from '../rules/gradient-rule.ts';

/** Rows of length 1: x/√(Σx² + ε), ε = 1e-12, so that a zero row has a finite gradient. */
export function normalizeRows(b: GraphBuilder, x: string): string {
  const c = calc(b);
  const last = b.dims(x).length - 1;
  const square = reduceSum(b, { x: c.mul(x, x), axes: [last], keep: true });
  return c.div(x, c.un('Sqrt', c.add(square, 1e-12)));
}

/** Mean of all elements, a scalar. */
export function meanOf(b: GraphBuilder, x: string): string {
  return b.op('ReduceMean', [x], { keepdims: 0 });
}

/** Sum along the last axis, which is dropped. */
export function sumLast(b: GraphBuilder, x: string): string {
  return reduceSum(b, { x, axes: [b.dims(x).length - 1], keep: false });
}

/** Labels [B] (int64) → one-hot float32 [B, classes]. */
export function oneHot(b: GraphBuilder, spec: { labels: string; classes: number }): string {
  const depth = b.constant([spec.classes], { dtype: 'int64', dims: [1] });
  return b.op('OneHot', [spec.labels, depth, b.constant([0, 1])], { axis: -1 });
}

/** A [M, D] × B [N, D] → [M, N] inner products. */
export function innerProducts(b: GraphBuilder, pair: { left: string; right: string }): string {
  return b.op('Gemm', [pair.left, pair.right], { transB: 1 });
}

/** Float32 [B, B] masks from labels [B] (int64): same label off the diagonal, and different label. */
export function pairMasks(
  b: GraphBuilder,
  labels: string,
): { same: string; different: string; self: string } {
  const c = calc(b);
  const [n] = b.dims(labels) as [number];
  const column = b.op('Reshape', [labels, b.ints([n, 1])]);
  const row = b.op('Reshape', [labels, b.ints([1, n])]);
  const equal = b.op('Cast', [b.op('Equal', [column, row])], { to: 1 });
  const identity = b.constant(
    Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0)),
    { dims: [n, n] },
  );
  return { same: c.sub(equal, identity), different: c.sub(1, equal), self: identity };
}

/** Squared Euclidean distances between the rows of two matrices, never below 0. */
export function squaredDistances(b: GraphBuilder, pair: { left: string; right: string }): string {
  const c = calc(b);
  const norms = (x: string) => reduceSum(b, { x: c.mul(x, x), axes: [1], keep: true });
  const sum = c.add(norms(pair.left), swapLast(b, norms(pair.right)));
  return c.un('Relu', c.sub(sum, c.mul(innerProducts(b, pair), 2)));
}
