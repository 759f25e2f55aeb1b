import type { GraphBuilder } from './builder.ts';
import { GraphError } from './graph-error.ts';
import { floatAttribute, type GraphNode, intAttribute, intsAttribute } from './ir.ts';

/** Operators whose axes were an attribute in older opsets and are an input now, with the place of that input. */
const AXES_INPUT: Record<string, number> = {
  ReduceSum: 1,
  ReduceMean: 1,
  ReduceMax: 1,
  ReduceMin: 1,
  ReduceProd: 1,
  ReduceL1: 1,
  ReduceL2: 1,
  ReduceSumSquare: 1,
  ReduceLogSumExp: 1,
  ReduceLogSum: 1,
  Squeeze: 1,
  Unsqueeze: 1,
};

interface Upgrade {
  builder: GraphBuilder;
  opset: number;
}

/**
 * Brings a node of an older opset (7 and up) to the form that opset 20 has: attributes that became inputs, Softmax
 * over flattened axes (before 13), Upsample and the like stay as they are and fail later by name.
 */
export function upgradeNode(node: GraphNode, to: Upgrade): GraphNode {
  const attributes = { ...node.attributes };
  const inputs = [...node.inputs];
  const move = (name: string, index: number) => {
    const values = intsAttribute(node, name);
    delete attributes[name];
    if (values && !inputs[index]) inputs[index] = to.builder.ints(values);
  };
  const axes = AXES_INPUT[node.opType];
  if (axes !== undefined) move('axes', axes);
  if (node.opType === 'Split') move('split', 1);
  if (node.opType === 'Split' && inputs[1]) delete attributes.num_outputs;
  if (node.opType === 'Split' && !inputs[1])
    attributes.num_outputs = { kind: 'int', value: node.outputs.length };
  if (node.opType === 'Slice' && attributes.starts) upgradeSlice(node, { inputs, builder: to.builder });
  if (node.opType === 'Pad' && attributes.pads) move('pads', 1);
  if (node.opType === 'Clip' && to.opset < 11) upgradeClip(node, { inputs, builder: to.builder });
  for (const stale of ['starts', 'ends', 'min', 'max', 'value', 'spatial', 'consumed_inputs'])
    if (node.opType !== 'ConstantOfShape' && node.opType !== 'Constant') delete attributes[stale];
  if (node.opType === 'Slice') delete attributes.axes;
  for (let i = 0; i < inputs.length; i++) inputs[i] ??= '';
  return { ...node, inputs, attributes: defaults(node, { attributes, opset: to.opset }) };
}

type Rewrite = { inputs: string[]; builder: GraphBuilder };

function upgradeSlice(node: GraphNode, { inputs, builder }: Rewrite): void {
  const starts = intsAttribute(node, 'starts') ?? [];
  inputs[1] = builder.ints(starts);
  inputs[2] = builder.ints(intsAttribute(node, 'ends') ?? []);
  inputs[3] = builder.ints(intsAttribute(node, 'axes') ?? starts.map((_, i) => i));
}

function upgradeClip(node: GraphNode, { inputs, builder }: Rewrite): void {
  const like = node.inputs[0]!;
  const low = floatAttribute(node, 'min');
  const high = floatAttribute(node, 'max');
  if (low !== undefined) inputs[1] = builder.scalarLike(like, low);
  if (high !== undefined) inputs[2] = builder.scalarLike(like, high);
}

/** Defaults that changed: Softmax and LogSoftmax worked on axis 1 and all that follow it before opset 13. */
function defaults(
  node: GraphNode,
  now: { attributes: GraphNode['attributes']; opset: number },
): GraphNode['attributes'] {
  const softmax = node.opType === 'Softmax' || node.opType === 'LogSoftmax';
  if (!softmax || now.opset >= 13) return now.attributes;
  return { ...now.attributes, axis: { kind: 'int', value: intAttribute(node, 'axis') ?? 1 } };
}

/** Before opset 13 Softmax flattens all axes from `axis` on; that equals today's only on the last axis. */
export function checkSoftmax(node: GraphNode, context: { rank: number; opset: number }): void {
  if (context.opset >= 13 || (node.opType !== 'Softmax' && node.opType !== 'LogSoftmax')) return;
  const axis = intAttribute(node, 'axis') ?? 1;
  if (axis === -1 || axis === context.rank - 1) return;
  throw new GraphError(
    'unsupported_graph',
    `${node.opType} '${node.name}' flattens axes as opsets before 13 do`,
    {
      operator: node.opType,
      node: node.name,
    },
  );
}
