import type { GraphBuilder } from '../graph/builder.ts';
import type { GraphNode } from '../graph/ir.ts';
import { calc, reduceSum } from '../rules/gradient-rule.ts';

export interface Segments {
  /** The node to differentiate: itself, or its copy that is computed again. `trigger` is a gradient at hand. */
  nodeFor(node: GraphNode, trigger: string): GraphNode;
  /** The copy of a node where one was made already, else the node. */
  mapped(node: GraphNode): GraphNode;
  /** Name in the forward pass of a value that may be a copy. */
  original(value: string): string;
}

/**
 * Cuts the forward nodes at the checkpoints. Every segment but the last is computed a second time when the backward
 * pass reaches it. Its inputs are tied to the arriving gradient (plus zero times one element of it), because a runtime
 * would otherwise find the copy equal to the original and keep the activations after all.
 */
export function recomputedSegments(
  builder: GraphBuilder,
  spec: { forward: GraphNode[]; checkpoints: string[]; weights: ReadonlySet<string> },
): Segments {
  const copies = new Map<GraphNode, GraphNode>();
  const names = new Map<string, string>();
  const segmentOf = assign(spec);
  const last = spec.checkpoints.length;
  const done = new Set<number>();
  const makeCopies = (segment: number, trigger: string) => {
    done.add(segment);
    const nodes = spec.forward.filter((node) => segmentOf.get(node) === segment);
    copySegment(builder, { nodes, trigger, weights: spec.weights, copies, names });
  };
  return {
    nodeFor(node, trigger) {
      const segment = segmentOf.get(node) ?? last;
      if (segment < last && !done.has(segment)) makeCopies(segment, trigger);
      return copies.get(node) ?? node;
    },
    mapped: (node) => copies.get(node) ?? node,
    original: (value) => names.get(value) ?? value,
  };
}

/** Segment k holds the nodes after checkpoint k − 1 up to and with the node that makes checkpoint k. */
function assign(spec: { forward: GraphNode[]; checkpoints: string[] }): Map<GraphNode, number> {
  const segmentOf = new Map<GraphNode, number>();
  let segment = 0;
  for (const node of spec.forward) {
    segmentOf.set(node, segment);
    if (node.outputs.some((output) => spec.checkpoints.includes(output))) segment++;
  }
  return segmentOf;
}

interface Copy {
  nodes: GraphNode[];
  trigger: string;
  weights: ReadonlySet<string>;
  copies: Map<GraphNode, GraphNode>;
  names: Map<string, string>;
}

function copySegment(builder: GraphBuilder, copy: Copy): void {
  const zero = zeroOf(builder, copy.trigger);
  const renamed = new Map<string, string>();
  const made = new Set(copy.nodes.flatMap((node) => node.outputs));
  const inputs = new Set(copy.nodes.flatMap((node) => node.inputs).filter((name) => name && !made.has(name)));
  for (const name of inputs) {
    if (builder.isConstant(name) || copy.weights.has(name) || builder.dtype(name) !== 'float32') continue;
    renamed.set(name, calc(builder).add(name, zero));
    copy.names.set(renamed.get(name)!, name);
  }
  for (const node of copy.nodes) {
    const outputs = node.outputs.map((output) => (output ? builder.fresh(`${output}_again`) : ''));
    const twin = { ...node, name: '', inputs: node.inputs.map((name) => renamed.get(name) ?? name), outputs };
    builder.append({ ...twin, name: outputs.find((o) => o) ?? node.opType });
    copy.copies.set(node, builder.producers.get(outputs.find((o) => o)!) ?? twin);
    node.outputs.forEach((output, i) => {
      if (!output) return;
      renamed.set(output, outputs[i]!);
      copy.names.set(outputs[i]!, output);
    });
  }
}

/** A scalar that is 0 whenever the gradient is finite, and that no optimiser can know to be 0. */
function zeroOf(builder: GraphBuilder, trigger: string): string {
  const rank = builder.dims(trigger).length;
  const axes = Array.from({ length: rank }, (_, i) => i);
  const one = rank
    ? builder.op('Slice', [
        trigger,
        builder.ints(axes.map(() => 0)),
        builder.ints(axes.map(() => 1)),
        builder.ints(axes),
      ])
    : trigger;
  const scalar = rank ? reduceSum(builder, { x: one, axes, keep: false }) : one;
  return calc(builder).mul(scalar, 0);
}
