import { mixed } from '../models/hashed-tensor.ts';

const BUCKETS = 64;
const SEED = 77;

/**
 * Count sketch (Charikar et al. 2002): 64 sums with random signs. ‖sketch(x) − sketch(y)‖² estimates ‖x − y‖² without
 * bias, with a relative deviation of √(2/64), so that changes of whole networks are compared by a few numbers.
 */
export function countSketch(values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(BUCKETS);
  for (let i = 0; i < values.length; i++) {
    const h = mixed(i, SEED);
    const bucket = h & (BUCKETS - 1);
    sums[bucket] = sums[bucket]! + (h >>> 31 ? -values[i]! : values[i]!);
  }
  return sums;
}

/** ‖a − b‖ of two sketches. */
export function sketchDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}
