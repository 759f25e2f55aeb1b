import type { GraphBuilder } from '../graph/builder.ts';
import { type Tensor, tensorOf } from '../graph/tensor.ts';
import { calc } from '../rules/gradient-rule.ts';
import { adamScalars, adamWeight } from './adam-weight.ts';
import { type GradientFactor, gradientFactor } from './gradient-factor.ts';
import type { OptimizerOptions, WeightGroup } from './optimizer-options.ts';
import { sgdWeight } from './sgd-weight.ts';

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

export interface WeightUpdate {
  builder: GraphBuilder;
  name: string;
  grad: string;
  group: WeightGroup;
  learningRate: string;
  /** Declares a tensor of the weight's dims that is kept from step to step, zero at first; gives its current value. */
  keep(kind: StateKind, initial?: () => Tensor): { current: string; put(next: string): string };
}

/** Adds one optimiser step for all weights; returns the state it reads and writes, weights first. */
export function updateWeights(
  b: GraphBuilder,
  request: UpdateRequest,
): { state: StateEntry[]; factor: GradientFactor } {
  const { options } = request;
  const state: StateEntry[] = [];
  const factor = gradientFactor(b, request);
  const adam = options.kind === 'adamw' ? adamScalars(b, { ...request, options }) : undefined;
  for (const { name, initial } of request.weights) {
    const grad = request.grads.get(name);
    if (!grad) continue;
    const group = { weightDecay: options.weightDecay, ...options.group?.({ name, dims: b.dims(name) }) };
    const scaled = factor.scale ? calc(b).mul(grad, factor.scale) : grad;
    const entries = entriesOf(b, { name, initial, ok: factor.ok, state });
    const update = {
      builder: b,
      name,
      grad: scaled,
      group,
      learningRate: request.learningRate,
      keep: entries,
    };
    const weight = entries('weight', () => initial);
    const next = adam
      ? adamWeight(update, adam(group))
      : sgdWeight(update, options.kind === 'sgd' ? options : { kind: 'sgd' });
    const kept = weight.put(next);
    if (options.ema !== undefined) averageWeight(b, { decay: options.ema, next: kept, entries, initial });
  }
  return { state, factor };
}

interface EntryScope {
  name: string;
  initial: Tensor;
  ok: string | undefined;
  state: StateEntry[];
}

function entriesOf(b: GraphBuilder, scope: EntryScope) {
  return (kind: StateKind, initial?: () => Tensor) => {
    const dims = b.dims(scope.name);
    const input = kind === 'weight' ? scope.name : `${kind}.${scope.name}`;
    if (!b.has(input)) b.input(input, { dtype: 'float32', dims });
    const zero = () => tensorOf(new Float32Array(scope.initial.bytes.length / 4), { dtype: 'float32', dims });
    return {
      current: input,
      put(next: string): string {
        const value = scope.ok ? b.op('Where', [scope.ok, next, input]) : next;
        const output = `next.${kind}.${scope.name}`;
        b.output(output, value);
        scope.state.push({ kind, of: scope.name, input, output, dims, initial: initial ?? zero });
        return value;
      },
    };
  };
}

/** e ← e + (1 − d)(w − e). */
function averageWeight(
  b: GraphBuilder,
  spec: { decay: number; next: string; entries: ReturnType<typeof entriesOf>; initial: Tensor },
): void {
  const c = calc(b);
  const average = spec.entries('average', () => spec.initial);
  average.put(c.add(average.current, c.mul(c.sub(spec.next, average.current), 1 - spec.decay)));
}
