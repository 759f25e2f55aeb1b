import type { GraphBuilder } from '../graph/builder.ts';
import { elementCount, type Tensor } from '../graph/tensor.ts';
import { reshape } from '../rules/gradient-rule.ts';
import type { OptimizerOptions, WeightGroup } from './optimizer-options.ts';

export interface PackMember {
  name: string;
  initial: Tensor;
  grad: string;
}

/** Weights that the optimiser treats as one vector, or one large weight by itself. */
export interface WeightPack {
  members: PackMember[];
  group: WeightGroup;
}

/** Weights of at most this many numbers are packed: for them starting an operator costs more than its arithmetic. */
const SMALL = 8192;

/** Small weights with equal learning-rate factor and decay become one pack; every other weight stays alone. */
export function packWeights(
  b: GraphBuilder,
  request: { members: PackMember[]; options: OptimizerOptions },
): WeightPack[] {
  const { options } = request;
  const open = new Map<string, WeightPack>();
  const packs: WeightPack[] = [];
  for (const member of request.members) {
    const dims = b.dims(member.name);
    const group = { weightDecay: options.weightDecay, ...options.group?.({ name: member.name, dims }) };
    const key = `${group.learningRate}|${group.weightDecay}`;
    const small = elementCount(dims) <= SMALL;
    const known = small ? open.get(key) : undefined;
    if (known) {
      known.members.push(member);
      continue;
    }
    const pack = { members: [member], group };
    if (small) open.set(key, pack);
    packs.push(pack);
  }
  return packs;
}

/** The members' values under each other as one vector; of a single member its value as it is. */
export function joinValues(b: GraphBuilder, values: string[]): string {
  if (values.length === 1) return values[0]!;
  const flat = values.map((x) => reshape(b, { x, dims: [elementCount(b.dims(x))] }));
  return b.op('Concat', flat, { axis: 0 });
}

/** Takes a joined value apart again, each part with its own dims. */
export function splitValue(b: GraphBuilder, joined: { value: string; dims: number[][] }): string[] {
  if (joined.dims.length === 1) return [joined.value];
  const sizes = joined.dims.map(elementCount);
  const parts = b.ops('Split', {
    inputs: [joined.value, b.ints(sizes)],
    attributes: { axis: 0 },
    outputs: sizes.length,
  });
  return parts.map((x, i) => reshape(b, { x, dims: joined.dims[i]! }));
}
