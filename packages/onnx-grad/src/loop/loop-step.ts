import { GraphError } from '../graph/graph-error.ts';
import type { Graph, GraphNode, ValueInfo } from '../graph/ir.ts';
import { tensorOf } from '../graph/tensor.ts';
import type { TrainingStep } from '../train/training-step.ts';

/**
 * The step as the body of one ONNX Loop: K steps per call, the state carried inside from each to the next, so that it
 * crosses the border between host and device once in K steps. Batch inputs get a leading axis K (called
 * `all.<name>`), scalars become [K], metrics come out as [K].
 */
export function buildLoop(step: TrainingStep, times: number): TrainingStep {
  if (step.loop) throw new GraphError('invalid_argument', 'the step is a Loop already');
  if (!Number.isInteger(times) || times < 1)
    throw new GraphError('invalid_argument', `a Loop of ${times} steps`);
  const stacked = [...step.batch, ...step.scalars.map(scalarInfo)];
  const body = loopBody(step, stacked);
  const state = step.state.map((entry) => ({
    ...entry,
    input: `first.${entry.input}`,
    output: `last.${entry.output}`,
  }));
  const node: GraphNode = {
    name: 'steps',
    opType: 'Loop',
    domain: '',
    inputs: ['times', 'go', ...state.map((entry) => entry.input)],
    outputs: [...state.map((entry) => entry.output), ...step.metrics],
    attributes: { body: { kind: 'graph', value: body } },
  };
  const info = (name: string, dims: number[]): ValueInfo => ({ name, dtype: 'float32', dims });
  const batch = step.batch.map((i) => ({ ...i, name: `all.${i.name}`, dims: [times, ...i.dims] }));
  const graph: Graph = {
    name: 'training-loop',
    nodes: [node],
    inputs: [
      ...batch,
      ...step.scalars.map((name) => info(`all.${name}`, [times])),
      ...state.map((entry) => info(entry.input, entry.dims)),
    ],
    outputs: [
      ...step.metrics.map((name) => info(name, [times])),
      ...state.map((e) => info(e.output, e.dims)),
    ],
    initializers: new Map([
      ['times', tensorOf([times], { dtype: 'int64', dims: [] })],
      ['go', tensorOf([1], { dtype: 'bool', dims: [] })],
    ]),
  };
  return { ...step, graph, batch, state, loop: times };
}

const scalarInfo = (name: string): ValueInfo => ({ name, dtype: 'float32', dims: [] });

function loopBody(step: TrainingStep, stacked: ValueInfo[]): Graph {
  const picks = stacked.map(
    (info): GraphNode => ({
      name: `pick.${info.name}`,
      opType: 'Gather',
      domain: '',
      inputs: [`all.${info.name}`, 'turn'],
      outputs: [info.name],
      attributes: { axis: { kind: 'int', value: 0 } },
    }),
  );
  const onward: GraphNode = {
    name: 'onward',
    opType: 'Identity',
    domain: '',
    inputs: ['going'],
    outputs: ['still.going'],
    attributes: {},
  };
  const outputs = new Map(step.graph.outputs.map((o) => [o.name, o]));
  return {
    name: 'step',
    nodes: [...picks, ...step.graph.nodes, onward],
    inputs: [
      { name: 'turn', dtype: 'int64', dims: [] },
      { name: 'going', dtype: 'bool', dims: [] },
      ...step.state.map((entry): ValueInfo => ({ name: entry.input, dtype: 'float32', dims: entry.dims })),
    ],
    outputs: [
      { name: 'still.going', dtype: 'bool', dims: [] },
      ...step.state.map((entry) => outputs.get(entry.output)!),
      ...step.metrics.map((name) => outputs.get(name)!),
    ],
    initializers: step.graph.initializers,
  };
}
