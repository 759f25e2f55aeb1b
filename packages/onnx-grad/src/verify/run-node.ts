import { GraphError } from '../graph/graph-error.ts';
import type { GraphNode } from '../graph/ir.ts';
import type { Kernels, RefTensor } from './kernel.ts';
import { elementwiseKernels } from './kernels/elementwise-kernels.ts';
import { indexKernels } from './kernels/index-kernels.ts';
import { movementKernels } from './kernels/movement-kernels.ts';
import { productKernels } from './kernels/product-kernels.ts';
import { rowKernels } from './kernels/row-kernels.ts';

const KERNELS: Kernels = {
  ...elementwiseKernels,
  ...productKernels,
  ...rowKernels,
  ...movementKernels,
  ...indexKernels,
};

export function hasKernel(node: GraphNode): boolean {
  return node.domain === '' && KERNELS[node.opType] !== undefined;
}

/** Runs one node in double precision. Throws `missing_kernel`, naming operator and node. */
export function runNode(node: GraphNode, inputs: (RefTensor | undefined)[]): RefTensor[] {
  const kernel = node.domain === '' ? KERNELS[node.opType] : undefined;
  if (kernel) return kernel(node, inputs);
  const place = { operator: node.opType, node: node.name };
  throw new GraphError('missing_kernel', `no reference kernel for ${node.opType} ('${node.name}')`, place);
}
