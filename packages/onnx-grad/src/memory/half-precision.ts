import type { GraphNode, Model } from '../graph/ir.ts';

const HEAVY = new Set(['MatMul', 'Gemm', 'Conv', 'ConvTranspose']);
const FLOAT16 = 10;
const FLOAT32 = 1;

/**
 * The same float32 model with its matrix products and convolutions in float16 between casts; weights, norms, softmax
 * and sums stay float32 (Micikevicius et al. 2018). Train it with the optimiser's `lossScale`. Worth it on GPUs only:
 * the CPU runtime has no float16 products and casts back.
 */
export function halfPrecision(model: Model): Model {
  const nodes = model.graph.nodes.flatMap((node) => (HEAVY.has(node.opType) ? around(node) : [node]));
  return { ...model, graph: { ...model.graph, nodes } };
}

function around(node: GraphNode): GraphNode[] {
  const inputs = node.inputs.map((name, i) => (name ? `${node.name}.half${i}` : ''));
  const output = `${node.name}.half`;
  const casts = node.inputs.flatMap((name, i) =>
    name ? [cast({ from: name, to: inputs[i]!, type: FLOAT16 })] : [],
  );
  return [
    ...casts,
    { ...node, inputs, outputs: [output] },
    cast({ from: output, to: node.outputs[0]!, type: FLOAT32 }),
  ];
}

function cast(spec: { from: string; to: string; type: number }): GraphNode {
  const attributes = { to: { kind: 'int', value: spec.type } } as const;
  return { name: spec.to, opType: 'Cast', domain: '', inputs: [spec.from], outputs: [spec.to], attributes };
}
