import type { GraphBuilder } from '../graph/builder.ts';
import { GraphError } from '../graph/graph-error.ts';
import { importGraph } from '../graph/import-graph.ts';
import type { Model, ValueInfo } from '../graph/ir.ts';
import { openGelu } from '../graph/open-gelu.ts';
import { projectLate } from '../graph/project-late.ts';
import { selectEarly } from '../graph/select-early.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { LossScope } from '../losses/loss-scope.ts';
import type { StateEntry } from '../optimizers/update-weights.ts';

export interface ForwardSource {
  model: Model;
  /** Sizes of the named dimensions of the model's inputs. */
  sizes?: Record<string, number>;
  /** Names of the initialisers to train, or a test of name and tensor. Integer tensors are never trained. */
  trainable: readonly string[] | ((name: string, tensor: Tensor) => boolean);
}

export interface ScopeState {
  batch: ValueInfo[];
  scalars: string[];
  weights: Map<string, Tensor>;
  memories: StateEntry[];
}

/** The trainable initialisers of a model; `invalid_argument` for a name that is none. */
export function trainableWeights(source: ForwardSource): Map<string, Tensor> {
  const { initializers } = source.model.graph;
  const { trainable } = source;
  if (typeof trainable === 'function') {
    return new Map([...initializers].filter(([name, t]) => t.dtype === 'float32' && trainable(name, t)));
  }
  return new Map(
    trainable.map((name) => {
      const tensor = initializers.get(name);
      if (tensor?.dtype === 'float32') return [name, tensor] as const;
      throw new GraphError('invalid_argument', `'${name}' is not a float32 initialiser of the model`);
    }),
  );
}

/** Weights that the loss does not depend on stay as they are: constants of the step. */
export function settleConstants(
  builder: GraphBuilder,
  at: { weights: Map<string, Tensor>; grads: Map<string, string> },
): void {
  for (const [name, tensor] of at.weights) {
    if (at.grads.has(name)) continue;
    builder.settle(name, tensor);
    at.weights.delete(name);
  }
}

/** What the loss function sees; everything it declares is noted in the state. */
export function lossScope(
  builder: GraphBuilder,
  at: { source: ForwardSource; state: ScopeState },
): LossScope {
  const { source, state } = at;
  const trainable = new Set(state.weights.keys());
  const before = new Set(builder.inputs.map((i) => i.name));
  const known = importGraph(builder, { ...source.model, sizes: source.sizes, trainable });
  selectEarly(builder);
  const outputs = source.model.graph.outputs.map((output) => known(output.name));
  projectLate(builder, outputs);
  openGelu(builder, { outputs, trainable });
  for (const info of builder.inputs)
    if (!trainable.has(info.name) && !before.has(info.name)) state.batch.push(info);
  for (const name of trainable) if (!builder.has(name)) state.weights.delete(name);
  let copies = 0;
  return {
    builder,
    value: known,
    batch(name, type) {
      state.batch.push({ name, ...type });
      return builder.input(name, type);
    },
    scalar(name) {
      state.scalars.push(name);
      return builder.input(name, { dtype: 'float32', dims: [] });
    },
    weight(name, initial) {
      state.weights.set(name, initial);
      return builder.input(name, { dtype: initial.dtype, dims: initial.dims });
    },
    memory(name, spec) {
      const input = builder.input(`memory.${name}`, { dtype: 'float32', dims: spec.initial.dims });
      const output = `next.memory.${name}`;
      builder.output(output, spec.next(input));
      const { dims } = spec.initial;
      state.memories.push({ kind: 'memory', of: name, input, output, dims, initial: () => spec.initial });
      return input;
    },
    forward(feeds, options = {}) {
      const averages = options.average ? averageInputs(builder, state.weights) : [];
      return importGraph(builder, {
        ...source.model,
        sizes: source.sizes,
        trainable,
        feeds: new Map([...Object.entries(feeds), ...averages]),
        prefix: `copy${copies++}.`,
      });
    },
  };
}

/** Inputs that hold the averaged weights; the optimiser's `ema` keeps them up to date. */
function averageInputs(builder: GraphBuilder, weights: Map<string, Tensor>): [string, string][] {
  return [...weights].map(([name, tensor]) => {
    const input = `average.${name}`;
    if (!builder.has(input)) builder.input(input, { dtype: tensor.dtype, dims: tensor.dims });
    return [name, input];
  });
}
