import { addGradient } from '../gradient/gradient.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { GraphError } from '../graph/graph-error.ts';
import type { Graph, GraphNode, ValueInfo } from '../graph/ir.ts';
import { pruneGraph } from '../graph/prune-graph.ts';
import { tensorOf } from '../graph/tensor.ts';
import type { LossResult } from '../losses/loss-scope.ts';
import { calc } from '../rules/gradient-rule.ts';
import { lossScope, type ScopeState, settleConstants } from '../train/step-scope.ts';
import type { TrainingRequest } from '../train/training-step.ts';

export interface GradientWork {
  request: TrainingRequest;
  state: ScopeState;
  /** Scalar input by which the loss is multiplied. */
  scale: string | undefined;
}

export interface GradientResult {
  result: LossResult;
  grads: Map<string, string>;
}

/**
 * Forward and backward pass as the body of a Loop over equal parts of the batch, which carries the sums of the
 * gradients. The weights and scalars are read from the graph around it; a part's rows are gathered inside.
 */
export function slicedGradient(outer: GraphBuilder, work: GradientWork): GradientResult {
  const { request, state } = work;
  const slices = request.slices!;
  if (!Number.isInteger(slices) || slices < 1)
    throw new GraphError('invalid_argument', `a batch in ${slices} slices`);
  const inner = new GraphBuilder('slice.');
  const part: ScopeState = { ...state, batch: [], scalars: [] };
  const scope = lossScope(inner, { source: request, state: part });
  const result = request.loss(scope);
  if (part.memories.length)
    throw new GraphError('invalid_argument', 'a loss with a memory sees its batch whole: no slices');
  const share = inner.constant(1 / slices);
  const seed = work.scale
    ? calc(inner).mul(inner.input(work.scale, { dtype: 'float32', dims: [] }), share)
    : share;
  const grads = addGradient(inner, {
    loss: result.loss,
    wrt: [...state.weights.keys()],
    seed,
    checkpoints: request.checkpoints?.map(scope.value),
  });
  settleConstants(inner, { weights: state.weights, grads });
  for (const [name, grad] of grads)
    inner.output(`next.sum.${name}`, calc(inner).add(inner.input(`sum.${name}`, inner.type(name)), grad));
  const metrics = { loss: result.loss, ...result.metrics };
  for (const [name, value] of Object.entries(metrics)) inner.output(`slice.${name}`, value);

  state.scalars.push(...part.scalars);
  for (const name of part.scalars) outer.input(name, { dtype: 'float32', dims: [] });
  for (const name of grads.keys()) outer.input(name, inner.type(name));
  for (const info of part.batch) state.batch.push(wholeInput(outer, { info, slices }));
  const names = [...grads.keys()];
  const zero = (name: string) => outer.op('Expand', [outer.constant(0), outer.ints(inner.dims(name))]);
  const times = outer.constant(slices, { dtype: 'int64', dims: [] });
  const go = outer.initializer('slices.go', tensorOf([1], { dtype: 'bool', dims: [] }));
  const types = [
    ...names.map((name) => inner.type(name)),
    ...Object.keys(metrics).map(() => ({ dtype: 'float32' as const, dims: [slices] })),
  ];
  const outputs = [
    ...names.map((name) => `mean.grad.${name}`),
    ...Object.keys(metrics).map((m) => `slices.${m}`),
  ];
  const body = loopBody(inner, { batch: part.batch, weights: names, metrics: Object.keys(metrics) });
  const attributes = { body: { kind: 'graph', value: body } } as const;
  outer.control(
    {
      name: 'slices',
      opType: 'Loop',
      domain: '',
      inputs: [times, go, ...names.map(zero)],
      outputs,
      attributes,
    },
    types,
  );
  const mean = (metric: string) => outer.op('ReduceMean', [`slices.${metric}`], { keepdims: 0 });
  const { loss, ...others } = Object.fromEntries(Object.keys(metrics).map((m) => [m, mean(m)]));
  return {
    result: { loss: loss!, metrics: others },
    grads: new Map(names.map((name) => [name, `mean.grad.${name}`])),
  };
}

/** The batch input of all slices together. */
function wholeInput(outer: GraphBuilder, spec: { info: ValueInfo; slices: number }): ValueInfo {
  const [rows, ...rest] = spec.info.dims as number[];
  if (rows === undefined)
    throw new GraphError('invalid_argument', `the input '${spec.info.name}' has no rows to slice`);
  const info = { name: `all.${spec.info.name}`, dtype: spec.info.dtype, dims: [rows * spec.slices, ...rest] };
  outer.input(info.name, info);
  return info;
}

interface Body {
  batch: ValueInfo[];
  weights: string[];
  metrics: string[];
}

/** Gathers a slice's rows, then the gradient graph; everything but the sums comes from the graph around it. */
function loopBody(inner: GraphBuilder, spec: Body): Graph {
  const node = (opType: string, inputs: string[], output: string): GraphNode => ({
    name: output,
    opType,
    domain: '',
    inputs,
    outputs: [output],
    attributes: {},
  });
  const picks = spec.batch.flatMap(({ name, dims }) => {
    const rows = dims[0] as number;
    const count = inner.constant(rows, { dtype: 'int64' });
    const within = inner.ints(Array.from({ length: rows }, (_, i) => i));
    return [
      node('Mul', ['slice.turn', count], `from.${name}`),
      node('Add', [`from.${name}`, within], `rows.${name}`),
      node('Gather', [`all.${name}`, `rows.${name}`], name),
    ];
  });
  const used = new Set(picks.flatMap((pick) => pick.inputs));
  const all = inner.graph('slice');
  const graph = pruneGraph(all);
  const kept = [...all.initializers].filter(([name]) => graph.initializers.has(name) || used.has(name));
  const output = new Map(graph.outputs.map((o) => [o.name, o]));
  return {
    name: 'slice',
    nodes: [...picks, ...graph.nodes, node('Identity', ['slice.going'], 'slice.still')],
    inputs: [
      { name: 'slice.turn', dtype: 'int64', dims: [] },
      { name: 'slice.going', dtype: 'bool', dims: [] },
      ...spec.weights.map((name) => ({ name: `sum.${name}`, ...inner.type(name) })),
    ],
    outputs: [
      { name: 'slice.still', dtype: 'bool', dims: [] },
      ...spec.weights.map((name) => output.get(`next.sum.${name}`)!),
      ...spec.metrics.map((name) => output.get(`slice.${name}`)!),
    ],
    initializers: new Map(kept),
  };
}
