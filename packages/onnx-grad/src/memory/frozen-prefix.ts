import { GraphBuilder } from '../graph/builder.ts';
import { GraphError } from '../graph/graph-error.ts';
import { importGraph, liveNodes } from '../graph/import-graph.ts';
import type { Graph, GraphNode, Model, ValueInfo } from '../graph/ir.ts';

export interface FrozenCut {
  /** The part that no trained weight reaches: inputs of the model → the values at the cut. Run once per picture. */
  prefix: Model;
  /** The rest: values at the cut → outputs of the model. Train this one. */
  suffix: Model;
  /** Values at the cut, in the sizes that were given. */
  boundary: ValueInfo[];
}

/**
 * Cuts off everything before the first trained weight, so that its activations can be computed once and kept.
 * @throws GraphError `invalid_argument` when nothing can be cut (the first node is trained already).
 */
export function cutFrozenPrefix(
  model: Model,
  spec: { trainable: ReadonlySet<string>; sizes?: Record<string, number> },
): FrozenCut {
  const { graph } = model;
  const nodes = liveNodes(
    graph.nodes,
    graph.outputs.map((o) => o.name),
  );
  const trained = reachedFrom(nodes, spec.trainable);
  const fed = reachedFrom(nodes, new Set(graph.inputs.map((i) => i.name)));
  const suffixNodes = nodes.filter((node) => touches(node, trained) || !touches(node, fed));
  const late = nodes.filter((node) => touches(node, trained));
  const outputs = new Set(graph.outputs.map((o) => o.name));
  const early = nodes.filter((node) => !touches(node, trained));
  const made = new Set(early.flatMap((node) => node.outputs).filter((name) => fed.has(name)));
  const needed = new Set([...late.flatMap((node) => node.inputs), ...outputs]);
  const cut = [...made].filter((name) => needed.has(name));
  if (cut.length === 0)
    throw new GraphError('invalid_argument', 'no frozen part stands before the trained weights');
  const boundary = typesOf(model, { names: cut, sizes: spec.sizes });
  const prefix = part(graph, {
    name: 'frozen-prefix',
    nodes: early,
    inputs: graph.inputs,
    outputs: boundary,
  });
  const direct = graph.inputs.filter((info) => late.some((node) => node.inputs.includes(info.name)));
  const suffix = part(graph, {
    name: 'trained-rest',
    nodes: suffixNodes,
    inputs: [...boundary, ...direct],
    outputs: graph.outputs,
  });
  return { prefix: { ...model, graph: prefix }, suffix: { ...model, graph: suffix }, boundary };
}

const touches = (node: GraphNode, values: ReadonlySet<string>) => node.outputs.some((o) => values.has(o));

/** The values themselves and everything computed from them; nodes may stand in any order. */
function reachedFrom(nodes: GraphNode[], start: ReadonlySet<string>): Set<string> {
  const reached = new Set(start);
  for (let grew = true; grew; ) {
    grew = false;
    for (const node of nodes) {
      if (touches(node, reached) || !node.inputs.some((i) => reached.has(i))) continue;
      for (const output of node.outputs) if (output) reached.add(output);
      grew = true;
    }
  }
  return reached;
}

function typesOf(model: Model, at: { names: string[]; sizes?: Record<string, number> }): ValueInfo[] {
  const builder = new GraphBuilder();
  const known = importGraph(builder, { ...model, sizes: at.sizes, targets: at.names });
  return at.names.map((name) => ({ name, ...builder.type(known(name)) }));
}

function part(graph: Graph, spec: Pick<Graph, 'name' | 'nodes' | 'inputs' | 'outputs'>): Graph {
  const nodes = liveNodes(
    spec.nodes,
    spec.outputs.map((o) => o.name),
  );
  const used = new Set(nodes.flatMap((node) => node.inputs));
  const initializers = new Map([...graph.initializers].filter(([name]) => used.has(name)));
  return { ...spec, nodes, initializers, inputs: spec.inputs.filter((info) => used.has(info.name)) };
}
