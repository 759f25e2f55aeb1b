import type { GraphBuilder } from '../graph/builder.ts';
import { GraphError } from '../graph/graph-error.ts';
import type { GraphNode } from '../graph/ir.ts';
import { gradientRule } from '../rules/find-rule.ts';
import { recomputedSegments, type Segments } from './recompute.ts';

export interface GradientRequest {
  /** Scalar value to differentiate. */
  loss: string;
  /** Values (inputs of the graph, or any other) whose gradients are wanted. */
  wrt: string[];
  /** Gradient of the final result with respect to `loss`: 1 unless the loss is scaled. A scalar value. */
  seed?: string;
  /**
   * Values at which activations are kept; everything between two of them is computed again in the backward pass
   * (Chen et al. 2016). Empty or absent: all activations are kept.
   */
  checkpoints?: string[];
}

/**
 * Adds the backward pass (reverse-mode differentiation) to the builder's graph, in standard ai.onnx operators.
 * @returns gradient (same dims) of each wanted value; values that the loss does not depend on are absent.
 * @throws GraphError `missing_gradient_rule` naming the operator and the node.
 */
export function addGradient(builder: GraphBuilder, request: GradientRequest): Map<string, string> {
  const forward = [...builder.nodes];
  const active = activeValues(forward, request);
  const grads = new Map<string, string>();
  const readers = new Map<string, GraphNode[]>();
  for (const node of forward)
    for (const input of new Set(node.inputs)) readers.set(input, [...(readers.get(input) ?? []), node]);
  grads.set(request.loss, request.seed ?? builder.scalarLike(request.loss, 1));
  const segments = recomputedSegments(builder, {
    forward,
    checkpoints: request.checkpoints ?? [],
    weights: new Set(request.wrt),
  });
  for (const node of forward.toReversed()) {
    if (!node.outputs.some((o) => active.has(o) && grads.has(o))) continue;
    addNodeGradient(builder, { node, active, grads, readers, segments });
  }
  return new Map(request.wrt.flatMap((name) => (grads.has(name) ? [[name, grads.get(name)!] as const] : [])));
}

/** Values that both depend on a wanted value and lead to the loss. */
function activeValues(forward: GraphNode[], request: GradientRequest): Set<string> {
  const downstream = new Set(request.wrt);
  for (const node of forward)
    if (node.inputs.some((input) => downstream.has(input))) for (const o of node.outputs) downstream.add(o);
  if (!downstream.has(request.loss)) {
    throw new GraphError(
      'invalid_argument',
      `the loss '${request.loss}' depends on none of the wanted values`,
    );
  }
  const upstream = new Set([request.loss]);
  for (const node of forward.toReversed())
    if (node.outputs.some((o) => upstream.has(o))) for (const i of node.inputs) upstream.add(i);
  return new Set([...downstream].filter((name) => upstream.has(name)));
}

interface Step {
  node: GraphNode;
  active: Set<string>;
  grads: Map<string, string>;
  readers: Map<string, GraphNode[]>;
  segments: Segments;
}

function addNodeGradient(builder: GraphBuilder, step: Step): void {
  const { node, active, grads } = step;
  const arrived = node.outputs.map((output) => grads.get(output));
  const wanted = node.inputs.map((input) => active.has(input));
  if (!wanted.some(Boolean)) return;
  const copy = step.segments.nodeFor(node, arrived.find((g) => g !== undefined)!);
  const results = gradientRule(node)({
    builder,
    node: copy,
    grads: arrived,
    wanted,
    gradOf: (value) => grads.get(step.segments.original(value)),
    readers: (value) =>
      (step.readers.get(step.segments.original(value)) ?? []).map((n) => step.segments.mapped(n)),
  });
  node.inputs.forEach((input, i) => {
    const grad = results[i];
    if (!grad || !wanted[i]) return;
    const before = grads.get(input);
    grads.set(input, before ? builder.op('Add', [before, grad]) : grad);
  });
}
