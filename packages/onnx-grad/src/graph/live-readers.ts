import type { GraphBuilder } from './builder.ts';
import { liveNodes } from './import-graph.ts';
import type { GraphNode } from './ir.ts';

export interface LiveReaders {
  /** Nodes that lead to the outputs, in order. */
  nodes: GraphNode[];
  /** The live nodes that read a value, once for every time they do. */
  of(value: string): GraphNode[];
  /** The node that makes a value which one live node reads, and which is no output. */
  makerForOne(value: string): GraphNode | undefined;
}

/** Who reads what, of that which leads to `outputs`: other rewrites leave dead nodes behind. */
export function liveReaders(b: GraphBuilder, outputs: readonly string[]): LiveReaders {
  const nodes = liveNodes(b.nodes, outputs);
  const readers = new Map<string, GraphNode[]>();
  for (const node of nodes)
    for (const input of node.inputs) readers.set(input, [...(readers.get(input) ?? []), node]);
  const of = (value: string) => readers.get(value) ?? [];
  return {
    nodes,
    of,
    makerForOne: (value) =>
      of(value).length === 1 && !outputs.includes(value) ? b.producers.get(value) : undefined,
  };
}
