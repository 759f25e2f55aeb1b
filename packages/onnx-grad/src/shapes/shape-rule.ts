import type { DataType } from '../graph/data-type.ts';
import { type WindowSpec, windowOutput } from '../graph/dims.ts';
import { GraphError } from '../graph/graph-error.ts';
import { type GraphNode, intsAttribute, stringAttribute, type TensorType } from '../graph/ir.ts';

export interface ShapeContext {
  node: GraphNode;
  /** Types of the inputs; undefined where an optional input is left out. */
  types: (TensorType | undefined)[];
  /** Values of input i where it is a constant. */
  constant(index: number): number[] | undefined;
}

export type ShapeRule = (context: ShapeContext) => TensorType[];
export type ShapeRules = Record<string, ShapeRule>;

export function inputType(context: ShapeContext, index = 0): TensorType {
  const type = context.types[index];
  if (!type) throw misfit(context, `input ${index} is missing`);
  return type;
}

/** Values of an input that shapes depend on; an error names the node when it is not constant. */
export function needConstant(context: ShapeContext, index: number): number[] {
  const values = context.constant(index);
  if (!values) throw misfit(context, `input ${index} must be a constant for its shape to be known`);
  return values;
}

export function misfit(context: { node: GraphNode }, message: string): GraphError {
  const { opType, name } = context.node;
  return new GraphError('shape_mismatch', `${opType} '${name}': ${message}`, {
    operator: opType,
    node: name,
  });
}

export const keep =
  (dtype?: DataType): ShapeRule =>
  (context) => {
    const type = inputType(context);
    return [{ dtype: dtype ?? type.dtype, dims: [...type.dims] }];
  };

/** Window of a Conv or pooling node over `spatial` axes, auto_pad resolved. */
export function windowOf(node: GraphNode, shape: { kernel: number[]; input: number[] }): WindowSpec {
  const { kernel, input } = shape;
  const ones = kernel.map(() => 1);
  const strides = intsAttribute(node, 'strides') ?? ones;
  const dilations = intsAttribute(node, 'dilations') ?? ones;
  const auto = stringAttribute(node, 'auto_pad') ?? 'NOTSET';
  const none = [...kernel.map(() => 0), ...kernel.map(() => 0)];
  if (auto === 'NOTSET') return { kernel, strides, dilations, pads: intsAttribute(node, 'pads') ?? none };
  if (auto === 'VALID') return { kernel, strides, dilations, pads: none };
  const totals = kernel.map((k, i) => {
    const out = Math.ceil(input[i]! / strides[i]!);
    return Math.max(0, (out - 1) * strides[i]! + (k - 1) * dilations[i]! + 1 - input[i]!);
  });
  const small = totals.map((t) => Math.floor(t / 2));
  const large = totals.map((t, i) => t - small[i]!);
  return {
    kernel,
    strides,
    dilations,
    pads: auto === 'SAME_UPPER' ? [...small, ...large] : [...large, ...small],
  };
}

export function spatialOutput(input: number[], spec: WindowSpec & { ceil?: boolean }): number[] {
  return input.map((size, axis) => windowOutput(size, { ...spec, axis }));
}
