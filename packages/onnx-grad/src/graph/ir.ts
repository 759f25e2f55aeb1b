import type { DataType } from './data-type.ts';
import type { Tensor } from './tensor.ts';

export type AttributeValue =
  | { kind: 'float'; value: number }
  | { kind: 'int'; value: number }
  | { kind: 'string'; value: string }
  | { kind: 'floats'; value: number[] }
  | { kind: 'ints'; value: number[] }
  | { kind: 'strings'; value: string[] }
  | { kind: 'tensor'; value: Tensor }
  | { kind: 'graph'; value: Graph };

export interface GraphNode {
  name: string;
  opType: string;
  domain: string;
  /** '' stands for an optional input that is left out. */
  inputs: string[];
  outputs: string[];
  attributes: Record<string, AttributeValue>;
}

/** A dimension of a graph's input: a number, or a name that the caller binds when he builds on the graph. */
export type Dim = number | string;

export interface ValueInfo {
  name: string;
  dtype: DataType;
  dims: Dim[];
}

export interface TensorType {
  dtype: DataType;
  dims: number[];
}

export interface Graph {
  name: string;
  nodes: GraphNode[];
  inputs: ValueInfo[];
  /** dims of outputs may be unknown in files: then []. */
  outputs: ValueInfo[];
  initializers: Map<string, Tensor>;
}

export interface Model {
  graph: Graph;
  irVersion: number;
  /** Version per operator domain; '' is ai.onnx. */
  opsets: Map<string, number>;
  producerName: string;
  metadata: [string, string][];
}

export function intAttribute(node: GraphNode, name: string): number | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'int' ? attribute.value : undefined;
}

export function floatAttribute(node: GraphNode, name: string): number | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'float' || attribute?.kind === 'int' ? attribute.value : undefined;
}

export function intsAttribute(node: GraphNode, name: string): number[] | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'ints' ? attribute.value : undefined;
}

export function stringAttribute(node: GraphNode, name: string): string | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'string' ? attribute.value : undefined;
}
