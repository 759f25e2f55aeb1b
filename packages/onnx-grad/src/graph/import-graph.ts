import { bindDims, type GraphBuilder } from './builder.ts';
import { GraphError } from './graph-error.ts';
import type { GraphNode, Model } from './ir.ts';
import { rewriteNode } from './rewrite-node.ts';
import { sortNodes } from './sort-nodes.ts';
import { type Tensor, tensorOf } from './tensor.ts';
import { checkSoftmax, upgradeNode } from './upgrade-node.ts';

export interface ImportOptions {
  /** Sizes of the named dimensions of the model's inputs, e.g. { N: 8, H: 224, W: 224 }. */
  sizes?: Record<string, number>;
  /** Initialisers that are inputs of the step (state) instead of constants. */
  trainable?: ReadonlySet<string>;
  /** Values to use in place of the model's own inputs or initialisers (their name → value of the builder). */
  feeds?: ReadonlyMap<string, string>;
  /** Stop when these values exist: nodes that they do not need are left out. Default: the graph's outputs. */
  targets?: string[];
  /** Put before the name of every value that the nodes make, for a second copy of the same graph. */
  prefix?: string;
}

interface Import {
  opset: number;
  prefix: string;
  /** Name in the model → name in the builder, where they differ. */
  renamed: Map<string, string>;
}

/**
 * Adds a model's nodes to a builder: older opsets upgraded, shapes inferred, constants folded, dead nodes left out.
 * Trainable initialisers become inputs of the same name. Throws GraphError naming the node that does not fit.
 * @returns the builder's name of a value of the model.
 */
export function importGraph(builder: GraphBuilder, source: Model & ImportOptions): (name: string) => string {
  const { graph } = source;
  const targets = source.targets ?? graph.outputs.map((o) => o.name);
  const nodes = sortNodes(liveNodes(graph.nodes, targets));
  const used = new Set([...nodes.flatMap((n) => n.inputs), ...targets]);
  for (const info of graph.inputs) {
    if (!used.has(info.name) || source.feeds?.has(info.name) || builder.has(info.name)) continue;
    builder.input(info.name, { dtype: info.dtype, dims: bindDims(info.dims, source.sizes ?? {}) });
  }
  for (const [name, tensor] of graph.initializers) {
    if (!used.has(name) || source.feeds?.has(name) || builder.has(name)) continue;
    if (source.trainable?.has(name)) builder.input(name, { dtype: tensor.dtype, dims: tensor.dims });
    else builder.initializer(name, tensor);
  }
  const state: Import = {
    opset: source.opsets.get('') ?? 1,
    prefix: source.prefix ?? '',
    renamed: new Map(source.feeds),
  };
  for (const node of nodes) addNode(builder, { ...state, node });
  return (name) => state.renamed.get(name) ?? name;
}

function addNode(builder: GraphBuilder, at: Import & { node: GraphNode }): void {
  const inputs = at.node.inputs.map((name) => at.renamed.get(name) ?? name);
  const outputs = at.node.outputs.map((name) => (name ? at.prefix + name : ''));
  const node = { ...at.node, inputs, outputs };
  const passes = node.opType === 'Identity' || (node.opType === 'Dropout' && !node.outputs[1]);
  at.node.outputs.forEach((name, i) => {
    if (at.prefix || passes) at.renamed.set(name, passes ? inputs[0]! : outputs[i]!);
  });
  if (passes) return;
  if (node.opType === 'Constant') {
    builder.initializer(node.outputs[0]!, constantTensor(node));
    return;
  }
  const upgraded = upgradeNode(node, { builder, opset: at.opset });
  if (inputs[0] && builder.has(inputs[0])) {
    checkSoftmax(node, { rank: builder.dims(inputs[0]).length, opset: at.opset });
  }
  const instead = rewriteNode(builder, upgraded);
  if (instead) at.renamed.set(at.node.outputs[0]!, instead);
  else builder.append(upgraded);
}

function constantTensor(node: GraphNode): Tensor {
  const { value, value_float, value_int, value_ints, value_floats } = node.attributes;
  if (value?.kind === 'tensor') return value.value;
  if (value_float?.kind === 'float') return tensorOf([value_float.value], { dtype: 'float32', dims: [] });
  if (value_int?.kind === 'int') return tensorOf([value_int.value], { dtype: 'int64', dims: [] });
  if (value_ints?.kind === 'ints')
    return tensorOf(value_ints.value, { dtype: 'int64', dims: [value_ints.value.length] });
  if (value_floats?.kind === 'floats')
    return tensorOf(value_floats.value, { dtype: 'float32', dims: [value_floats.value.length] });
  throw new GraphError('unsupported_graph', `Constant '${node.name}' holds no tensor`, {
    operator: 'Constant',
    node: node.name,
  });
}

/** Nodes that the targets need, in their given order. */
export function liveNodes(nodes: GraphNode[], targets: Iterable<string>): GraphNode[] {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const live = new Set<GraphNode>();
  const stack = [...targets];
  while (stack.length) {
    const node = makers.get(stack.pop()!);
    if (!node || live.has(node)) continue;
    live.add(node);
    stack.push(...node.inputs);
  }
  return nodes.filter((node) => live.has(node));
}
