import { GraphError } from '../graph/graph-error.ts';
import type { Graph } from '../graph/ir.ts';
import { valuesOf } from '../graph/tensor.ts';
import type { RefTensor } from './kernel.ts';
import { runNode } from './run-node.ts';

/** Runs a graph (nodes in order) in float64 on plain arrays; returns every named value, inputs included. */
export function runGraph(graph: Graph, feeds: Map<string, RefTensor>): Map<string, RefTensor> {
  const values = new Map(feeds);
  for (const [name, tensor] of graph.initializers)
    if (!values.has(name))
      values.set(name, { dtype: tensor.dtype, dims: tensor.dims, data: valuesOf(tensor) });
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((name) => {
      if (name === '') return undefined;
      const value = values.get(name);
      if (!value)
        throw new GraphError('unknown_value', `node '${node.name}' reads '${name}', which nothing makes`);
      return value;
    });
    const outputs = runNode(node, inputs);
    node.outputs.forEach((name, i) => {
      if (name) values.set(name, outputs[i]!);
    });
  }
  return values;
}
