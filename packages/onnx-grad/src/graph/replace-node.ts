import type { GraphBuilder } from './builder.ts';
import type { GraphNode } from './ir.ts';

/** Puts the nodes added since `from` where `node` stands, which then passes on their `result`. */
export function replaceNode(b: GraphBuilder, spec: { node: GraphNode; from: number; result: string }): void {
  const added = b.nodes.splice(spec.from);
  b.nodes.splice(b.nodes.indexOf(spec.node), 0, ...added);
  spec.node.opType = 'Identity';
  spec.node.inputs = [spec.result];
  spec.node.attributes = {};
}
