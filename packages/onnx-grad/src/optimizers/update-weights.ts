import type { GraphBuilder } from '../graph/builder.ts';
import { type Tensor, tensorOf } from '../graph/tensor.ts';
import { calc } from '../rules/gradient-rule.ts';
import { adamScalars, adamWeight } from './adam-weight.ts';
import { type GradientFactor, gradientFactor } from './gradient-factor.ts';
import type { OptimizerOptions, WeightGroup } from './optimizer-options.ts';
import { sgdWeight } from './sgd-weight.ts';
import { joinValues, type PackMember, packWeights, splitValue } from './weight-pack.ts';

export type StateKind = 'weight' | 'momentum' | 'first' | 'second' | 'average' | 'memory' | 'loss-scale';

export interface StateEntry {
  kind: StateKind;
  /** Weight (or memory) that the entry belongs to. */
  of: string;
  input: string;
  output: string;
  dims: number[];
  initial(): Tensor;
}

export interface UpdateRequest {
  options: OptimizerOptions;
  weights: { name: string; initial: Tensor }[];
  grads: Map<string, string>;
  /** Scalar float32 values. */
  learningRate: string;
  step: string;
  /** Value that the gradients were multiplied by, if any, and the entry that keeps it. */
  scale?: string;
}

/** One weight, or small weights joined to a vector. */
export interface WeightUpdate {
  builder: GraphBuilder;
  /** Its current value. */
  name: string;
  grad: string;
  group: WeightGroup;
  learningRate: string;
  /**
   * Declares a tensor of the weight's dims that is kept from step to step, and starts as zero or as the weight; gives
   * its current value.
   */
  keep(kind: StateKind, start?: 'zero' | 'weight'): { current: string; put(next: string): string };
}

/** Adds one optimiser step for all weights; returns the state it reads and writes. */
export function updateWeights(
  b: GraphBuilder,
  request: UpdateRequest,
): { state: StateEntry[]; factor: GradientFactor } {
  const { options } = request;
  const state: StateEntry[] = [];
  const factor = gradientFactor(b, request);
  const adam = options.kind === 'adamw' ? adamScalars(b, { ...request, options }) : undefined;
  const members = request.weights.flatMap((weight) => {
    const grad = request.grads.get(weight.name);
    return grad ? [{ ...weight, grad }] : [];
  });
  for (const { members: packed, group } of packWeights(b, { members, options })) {
    const keep = entriesOf(b, { members: packed, ok: factor.ok, state });
    const weight = keep('weight', 'weight');
    const grad = joinValues(
      b,
      packed.map((member) => member.grad),
    );
    const update = {
      builder: b,
      name: weight.current,
      grad: factor.scale ? calc(b).mul(grad, factor.scale) : grad,
      group,
      learningRate: request.learningRate,
      keep,
    };
    const next = adam
      ? adamWeight(update, adam(group))
      : sgdWeight(update, options.kind === 'sgd' ? options : { kind: 'sgd' });
    const kept = weight.put(next);
    if (options.ema !== undefined) averageWeight(b, { decay: options.ema, next: kept, keep });
  }
  return { state, factor };
}

interface EntryScope {
  members: PackMember[];
  ok: string | undefined;
  state: StateEntry[];
}

/** One entry of state for every member of the pack; its current value and the next one are those of the pack. */
function entriesOf(b: GraphBuilder, scope: EntryScope): WeightUpdate['keep'] {
  const { members, ok, state } = scope;
  const dims = members.map((member) => b.dims(member.name));
  return (kind, start) => {
    const inputs = members.map(({ name }) => (kind === 'weight' ? name : `${kind}.${name}`));
    inputs.forEach((input, i) => {
      if (!b.has(input)) b.input(input, { dtype: 'float32', dims: dims[i]! });
    });
    const current = joinValues(b, inputs);
    return {
      current,
      put(next: string): string {
        const value = ok ? b.op('Where', [ok, next, current]) : next;
        splitValue(b, { value, dims }).forEach((part, i) => {
          const { name, initial } = members[i]!;
          const output = `next.${kind}.${name}`;
          b.output(output, part);
          const zero = () =>
            tensorOf(new Float32Array(initial.bytes.length / 4), { dtype: 'float32', dims: dims[i]! });
          const first = start === 'weight' ? () => initial : zero;
          state.push({ kind, of: name, input: inputs[i]!, output, dims: dims[i]!, initial: first });
        });
        return value;
      },
    };
  };
}

/** e ← e + (1 − d)(w − e). */
function averageWeight(
  b: GraphBuilder,
  spec: { decay: number; next: string; keep: WeightUpdate['keep'] },
): void {
  const c = calc(b);
  const average = spec.keep('average', 'weight');
  average.put(c.add(average.current, c.mul(c.sub(spec.next, average.current), 1 - spec.decay)));
}
