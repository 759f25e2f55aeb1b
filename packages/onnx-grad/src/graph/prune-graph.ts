import { liveNodes } from './import-graph.ts';
import type { Graph, GraphNode } from './ir.ts';

/** The graph without nodes and initialisers that no output needs. Inputs stay: they are the caller's contract. */
export function pruneGraph(graph: Graph): Graph {
  const outputs = graph.outputs.map((o) => o.name);
  const nodes = withoutCopies({ ...graph, nodes: liveNodes(graph.nodes, outputs) });
  const used = new Set([...nodes.flatMap((node) => node.inputs), ...outputs]);
  const initializers = new Map([...graph.initializers].filter(([name]) => used.has(name)));
  return { ...graph, nodes, initializers };
}

/** An output that is a copy of a computed value takes that value's place instead. */
function withoutCopies(graph: Graph): GraphNode[] {
  const outputs = new Set(graph.outputs.map((o) => o.name));
  const made = new Set(graph.nodes.flatMap((node) => node.outputs));
  const renamed = new Map<string, string>();
  const dropped = new Set<GraphNode>();
  for (const node of graph.nodes) {
    const [from, to] = [node.inputs[0]!, node.outputs[0]!];
    if (node.opType !== 'Identity' || !outputs.has(to) || !made.has(from)) continue;
    if (outputs.has(from) || renamed.has(from)) continue;
    renamed.set(from, to);
    dropped.add(node);
  }
  const name = (value: string) => renamed.get(value) ?? value;
  return graph.nodes
    .filter((node) => !dropped.has(node))
    .map((node) => ({ ...node, inputs: node.inputs.map(name), outputs: node.outputs.map(name) }));
}
