import { GraphError } from '../graph/graph-error.ts';

export type GradientSet = ReadonlyMap<string, Float32Array>;

/**
 * Mean of the gradients of N processes that each took their own part of a batch (data-parallel training).
 * @param shares weight of each set, e.g. its number of pictures; equal by default. They are scaled to sum to 1.
 * @throws GraphError `shape_mismatch` when the sets do not hold the same weights in the same sizes.
 */
export function averageGradients(
  sets: readonly GradientSet[],
  shares?: readonly number[],
): Map<string, Float32Array> {
  const [first] = sets;
  if (!first) throw new GraphError('invalid_argument', 'no gradients to average');
  const given = shares ?? sets.map(() => 1);
  const total = given.reduce((sum, share) => sum + share, 0);
  if (given.length !== sets.length || !(total > 0)) {
    throw new GraphError('invalid_argument', `${given.length} shares for ${sets.length} sets of gradients`);
  }
  return new Map(
    [...first].map(([name, like]) => [name, mean(sets, { name, size: like.length, shares: given, total })]),
  );
}

function mean(
  sets: readonly GradientSet[],
  of: { name: string; size: number; shares: readonly number[]; total: number },
): Float32Array {
  const sum = new Float64Array(of.size);
  sets.forEach((set, i) => {
    const grad = set.get(of.name);
    if (grad?.length !== of.size)
      throw new GraphError('shape_mismatch', `process ${i} has another '${of.name}'`);
    const share = of.shares[i]! / of.total;
    for (let k = 0; k < of.size; k++) sum[k] = sum[k]! + share * grad[k]!;
  });
  return Float32Array.from(sum);
}

/** One buffer for sending a set of gradients to another process, in the order of the map. */
export function packGradients(set: GradientSet): Float32Array {
  const out = new Float32Array([...set.values()].reduce((sum, grad) => sum + grad.length, 0));
  let at = 0;
  for (const grad of set.values()) {
    out.set(grad, at);
    at += grad.length;
  }
  return out;
}

/** Views into a packed buffer; `like` gives names and sizes. */
export function unpackGradients(packed: Float32Array, like: GradientSet): Map<string, Float32Array> {
  let at = 0;
  const out = new Map<string, Float32Array>();
  for (const [name, grad] of like) {
    out.set(name, packed.subarray(at, at + grad.length));
    at += grad.length;
  }
  if (at !== packed.length)
    throw new GraphError('shape_mismatch', `${packed.length} packed numbers, not ${at}`);
  return out;
}
