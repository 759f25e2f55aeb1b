import type { DataType } from '../graph/data-type.ts';
import { GraphError } from '../graph/graph-error.ts';
import type { GraphNode } from '../graph/ir.ts';
import { elementCount } from '../graph/tensor.ts';

/** A value of the reference interpreter: every dtype is computed in double precision. */
export interface RefTensor {
  dtype: DataType;
  dims: number[];
  data: Float64Array;
}

export type Kernel = (node: GraphNode, inputs: (RefTensor | undefined)[]) => RefTensor[];
export type Kernels = Record<string, Kernel>;

export function need(node: GraphNode, inputs: { list: (RefTensor | undefined)[]; index: number }): RefTensor {
  const tensor = inputs.list[inputs.index];
  if (tensor) return tensor;
  throw new GraphError('unknown_value', `${node.opType} '${node.name}': input ${inputs.index} is missing`, {
    operator: node.opType,
    node: node.name,
  });
}

export function zeros(dims: number[], dtype: DataType = 'float32'): RefTensor {
  return { dtype, dims: [...dims], data: new Float64Array(elementCount(dims)) };
}

/** Calls `visit` with every multi-index of `dims` in row-major order. The array is reused. */
export function forEachIndex(dims: readonly number[], visit: (index: number[], flat: number) => void): void {
  const index = dims.map(() => 0);
  const count = elementCount(dims);
  for (let flat = 0; flat < count; flat++) {
    visit(index, flat);
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      index[axis] = index[axis]! + 1;
      if (index[axis]! < dims[axis]!) break;
      index[axis] = 0;
    }
  }
}

/** Flat offset of `index` (of the broadcast result) in a tensor of `dims`. */
export function broadcastOffset(dims: readonly number[], index: readonly number[]): number {
  let offset = 0;
  const lead = index.length - dims.length;
  for (let i = 0; i < dims.length; i++) offset = offset * dims[i]! + (dims[i] === 1 ? 0 : index[lead + i]!);
  return offset;
}

export function flatOffset(dims: readonly number[], index: readonly number[]): number {
  let offset = 0;
  for (let i = 0; i < dims.length; i++) offset = offset * dims[i]! + index[i]!;
  return offset;
}
