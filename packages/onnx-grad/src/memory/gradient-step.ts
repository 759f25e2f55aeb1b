import { addGradient } from '../gradient/gradient.ts';
import { GraphBuilder } from '../graph/builder.ts';
import type { Graph, ValueInfo } from '../graph/ir.ts';
import { pruneGraph } from '../graph/prune-graph.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { LossFunction } from '../losses/loss-scope.ts';
import type { OptimizerOptions } from '../optimizers/optimizer-options.ts';
import { updateWeights } from '../optimizers/update-weights.ts';
import { calc } from '../rules/gradient-rule.ts';
import {
  type ForwardSource,
  lossScope,
  type ScopeState,
  settleConstants,
  trainableWeights,
} from '../train/step-scope.ts';
import type { TrainingStep } from '../train/training-step.ts';

export interface GradientStep {
  graph: Graph;
  batch: ValueInfo[];
  scalars: string[];
  /** Weights (inputs of their own names) with their first values. */
  weights: Map<string, Tensor>;
  metrics: string[];
}

/**
 * Forward and backward pass only, for gradients that are summed before the optimiser sees them: over micro-batches
 * that fit into memory, or over processes. Inputs: batch, weights, `sum.<weight>` (what was summed so far) and the
 * scalar `share` (1/n for the mean of n micro-batches); outputs: metrics and `next.sum.<weight>`.
 */
export function buildGradientStep(
  request: ForwardSource & { loss: LossFunction; checkpoints?: string[] },
): GradientStep {
  const builder = new GraphBuilder();
  const state: ScopeState = { batch: [], scalars: [], weights: trainableWeights(request), memories: [] };
  const scope = lossScope(builder, { source: request, state });
  const result = request.loss(scope);
  const share = scope.scalar('share');
  const grads = addGradient(builder, {
    loss: result.loss,
    wrt: [...state.weights.keys()],
    seed: share,
    checkpoints: request.checkpoints?.map(scope.value),
  });
  settleConstants(builder, { weights: state.weights, grads });
  for (const [name, grad] of grads) {
    const sum = builder.input(`sum.${name}`, builder.type(name));
    builder.output(`next.sum.${name}`, calc(builder).add(sum, grad));
  }
  const metrics = { loss: result.loss, ...result.metrics };
  for (const [name, value] of Object.entries(metrics)) builder.output(name, value);
  return {
    graph: pruneGraph(builder.graph('gradient-step')),
    batch: state.batch,
    scalars: state.scalars,
    weights: state.weights,
    metrics: Object.keys(metrics),
  };
}

/**
 * The optimiser alone: a training step whose batch is the gradients (`grad.<weight>`), so that StepRunner runs it.
 * Its only metric is 'gradNorm', where the optimiser clips.
 */
export function buildApplyStep(spec: {
  weights: Map<string, Tensor>;
  optimizer: OptimizerOptions;
}): TrainingStep {
  const builder = new GraphBuilder();
  const grads = new Map<string, string>();
  const batch: ValueInfo[] = [];
  for (const [name, tensor] of spec.weights) {
    builder.input(name, { dtype: 'float32', dims: tensor.dims });
    grads.set(name, builder.input(`grad.${name}`, { dtype: 'float32', dims: tensor.dims }));
    batch.push({ name: `grad.${name}`, dtype: 'float32', dims: tensor.dims });
  }
  const scalar = (name: string) => builder.input(name, { dtype: 'float32', dims: [] });
  const [learningRate, step] = [scalar('lr'), scalar('step')];
  const weights = [...spec.weights].map(([name, initial]) => ({ name, initial }));
  const { state, factor } = updateWeights(builder, {
    options: spec.optimizer,
    weights,
    grads,
    learningRate,
    step,
  });
  const metrics = factor.norm ? ['gradNorm'] : [];
  if (factor.norm) builder.output('gradNorm', factor.norm);
  return { graph: pruneGraph(builder.graph('apply-step')), batch, scalars: ['lr', 'step'], state, metrics };
}
