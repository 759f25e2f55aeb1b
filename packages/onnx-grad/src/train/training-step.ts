import { addGradient } from '../gradient/gradient.ts';
import { GraphBuilder, modelOf } from '../graph/builder.ts';
import type { Graph, ValueInfo } from '../graph/ir.ts';
import { pruneGraph } from '../graph/prune-graph.ts';
import { writeModel } from '../graph/write-model.ts';
import type { LossFunction } from '../losses/loss-scope.ts';
import { type GradientResult, type GradientWork, slicedGradient } from '../memory/sliced-gradient.ts';
import { addLossScale } from '../optimizers/loss-scale.ts';
import type { OptimizerOptions } from '../optimizers/optimizer-options.ts';
import { type StateEntry, updateWeights } from '../optimizers/update-weights.ts';
import {
  type ForwardSource,
  lossScope,
  type ScopeState,
  settleConstants,
  trainableWeights,
} from './step-scope.ts';

export interface TrainingRequest extends ForwardSource {
  loss: LossFunction;
  optimizer: OptimizerOptions;
  /** Values of the forward graph whose activations are kept; all between them is computed again (less memory). */
  checkpoints?: string[];
  /**
   * The batch is taken in this many equal parts one after another inside the step, and their gradients are averaged
   * before the optimiser sees them. The model is then given at the size of one part; batch inputs are called
   * `all.<name>` and hold all parts. For losses that are means over pictures: less memory, and parts that fit into
   * the processor's cache are faster. Default 1.
   */
  slices?: number;
}

/** A graph that does one step of training, and what goes in and comes out. */
export interface TrainingStep {
  graph: Graph;
  /** Inputs that come with every step. */
  batch: ValueInfo[];
  /** Scalar float32 inputs (dims []): 'lr', 'step' (1, 2, …) and those that the loss declared. */
  scalars: string[];
  /** Tensors that one step returns and the next one takes. */
  state: StateEntry[];
  /** Names of scalar float32 outputs: 'loss' first. */
  metrics: string[];
  /** Steps per call in the Loop form; absent for a single step. */
  loop?: number;
}

/**
 * Forward graph + loss + backward pass + optimiser as one graph of plain ai.onnx operators (opset 20).
 * @throws GraphError: `missing_gradient_rule`, `missing_shape_rule` (both name operator and node),
 * `unknown_dimension`, `invalid_argument`.
 */
export function buildTrainingStep(request: TrainingRequest): TrainingStep {
  const sliced = (request.slices ?? 1) !== 1;
  // A prefix keeps the names of this graph apart from those of the model, which then stands inside a Loop.
  const builder = new GraphBuilder(sliced ? 'step.' : '');
  const state: ScopeState = { batch: [], scalars: [], weights: trainableWeights(request), memories: [] };
  const scaling = addLossScale(builder, request.optimizer);
  const work = { request, state, scale: scaling?.current };
  const { result, grads } = sliced ? slicedGradient(builder, work) : wholeGradient(builder, work);
  const scalar = (name: string) => {
    state.scalars.push(name);
    return builder.input(name, { dtype: 'float32', dims: [] });
  };
  const [learningRate, step] = [scalar('lr'), scalar('step')];
  const weights = [...state.weights].map(([name, initial]) => ({ name, initial }));
  const update = { options: request.optimizer, weights, grads, learningRate, step, scale: scaling?.current };
  const { state: entries, factor } = updateWeights(builder, update);
  if (scaling && factor.ok) entries.push(...scaling.finish(factor.ok));
  const metrics = { loss: result.loss, ...result.metrics, ...(factor.norm ? { gradNorm: factor.norm } : {}) };
  for (const [name, value] of Object.entries(metrics)) builder.output(name, value);
  return {
    graph: ordered(pruneGraph(builder.graph('training-step'))),
    batch: state.batch,
    scalars: state.scalars,
    state: [...entries, ...state.memories],
    metrics: Object.keys(metrics),
  };
}

/** Forward and backward pass over the whole batch at once. */
function wholeGradient(builder: GraphBuilder, work: GradientWork): GradientResult {
  const { request, state } = work;
  const scope = lossScope(builder, { source: request, state });
  const result = request.loss(scope);
  const grads = addGradient(builder, {
    loss: result.loss,
    wrt: [...state.weights.keys()],
    seed: work.scale,
    checkpoints: request.checkpoints?.map(scope.value),
  });
  settleConstants(builder, { weights: state.weights, grads });
  return { result, grads };
}

/** Metrics first among the outputs, as the inputs keep their order. */
function ordered(graph: Graph): Graph {
  const metrics = graph.outputs.filter((o) => !o.name.startsWith('next.'));
  return { ...graph, outputs: [...metrics, ...graph.outputs.filter((o) => o.name.startsWith('next.'))] };
}

/** Bytes of the step as an .onnx file. */
export function stepBytes(step: { graph: Graph }): Uint8Array {
  return writeModel(modelOf(step.graph));
}
