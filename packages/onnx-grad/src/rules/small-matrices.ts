import type { GraphBuilder } from '../graph/builder.ts';
import { elementCount } from '../graph/tensor.ts';
import { reshape } from './gradient-rule.ts';

/** Matrices of more numbers are turned where they are. */
const SMALL = 256;

/**
 * [R, a, b] → [R, b, a]. The runtime hands matrix after matrix to all its threads, which for thousands of small ones takes
 * ten times as long as turning them (7,680 of 7 × 7: 14 ms on 2 cores). So all rows are turned at once as one matrix
 * [R·a, b], and their pieces of a numbers gathered into place (0.9 ms).
 */
export function turnSmall(b: GraphBuilder, x: string): string {
  const [count, height, width] = b.dims(x) as [number, number, number];
  if (elementCount([height, width]) > SMALL) return b.op('Transpose', [x], { perm: [0, 2, 1] });
  const tall = reshape(b, { x, dims: [count * height, width] });
  const pieces = reshape(b, {
    x: b.op('Transpose', [tall], { perm: [1, 0] }),
    dims: [width * count, height],
  });
  const order = Array.from({ length: count * width }, (_, i) => (i % width) * count + Math.floor(i / width));
  return reshape(b, {
    x: b.op('Gather', [pieces, b.ints(order)], { axis: 0 }),
    dims: [count, width, height],
  });
}
