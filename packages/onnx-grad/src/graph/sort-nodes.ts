import { GraphError } from './graph-error.ts';
import type { GraphNode } from './ir.ts';

/** Nodes so that each stands after those whose outputs it reads; otherwise in the given order. Cycles are an error. */
export function sortNodes(nodes: GraphNode[]): GraphNode[] {
  const makers = new Map(
    nodes.flatMap((node) => node.outputs.filter((o) => o).map((o) => [o, node] as const)),
  );
  const state = new Map<GraphNode, 'open' | 'done'>();
  const sorted: GraphNode[] = [];
  for (const root of nodes) visit(root, { makers, state, sorted });
  return sorted;
}

interface Walk {
  makers: Map<string, GraphNode>;
  state: Map<GraphNode, 'open' | 'done'>;
  sorted: GraphNode[];
}

/** Depth first with an own stack: exported graphs are thousands of nodes deep. */
function visit(root: GraphNode, walk: Walk): void {
  const stack: { node: GraphNode; next: number }[] = [];
  const open = (node: GraphNode) => {
    walk.state.set(node, 'open');
    stack.push({ node, next: 0 });
  };
  if (!walk.state.has(root)) open(root);
  while (stack.length) {
    const top = stack.at(-1)!;
    const input = top.node.inputs[top.next++];
    if (input === undefined) {
      walk.state.set(top.node, 'done');
      walk.sorted.push(top.node);
      stack.pop();
      continue;
    }
    const maker = walk.makers.get(input);
    if (!maker) continue;
    const seen = walk.state.get(maker);
    if (seen === 'open') {
      throw new GraphError('unsupported_graph', `node '${maker.name}' is part of a cycle`, {
        node: maker.name,
      });
    }
    if (!seen) open(maker);
  }
}
