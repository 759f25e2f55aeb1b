import { inferNode } from '../shapes/infer-node.ts';
import type { RefTensor } from '../verify/kernel.ts';
import { hasKernel, runNode } from '../verify/run-node.ts';
import type { DataType } from './data-type.ts';
import { GraphError } from './graph-error.ts';
import type { AttributeValue, Dim, Graph, GraphNode, Model, TensorType, ValueInfo } from './ir.ts';
import { elementCount, type Tensor, tensorOf, valuesOf } from './tensor.ts';

/** Opset of every graph that this library writes; each operator that it emits exists since opset 20 or before. */
export const OPSET = 20;
/** IR version that belongs to opset 20 (ONNX 1.15). */
const IR_VERSION = 9;
/** Results above this many elements are left to the runtime's own folding. */
const FOLD_LIMIT = 1 << 16;

export type AttributeInput = number | string | number[] | AttributeValue | { float: number };

/**
 * Builds a graph whose every value has a known dtype and static dims. Values are strings (their names in the graph).
 * Nodes whose inputs are all small constants are computed at once and become constants themselves.
 */
export class GraphBuilder {
  readonly nodes: GraphNode[] = [];
  readonly inputs: ValueInfo[] = [];
  readonly outputs: ValueInfo[] = [];
  readonly initializers = new Map<string, Tensor>();
  readonly producers = new Map<string, GraphNode>();
  private readonly types = new Map<string, TensorType>();
  private readonly folded = new Map<string, RefTensor>();
  private readonly shared = new Map<string, string>();
  private readonly frozen = new Set<string>();
  private readonly nodeNames = new Set<string>();
  private counter = 0;
  private readonly prefix: string;

  /** `prefix` stands before every name that the builder makes up: for a graph inside another one. */
  constructor(prefix = '') {
    this.prefix = prefix;
  }

  /** Declares an input of the graph; [] is a scalar. */
  input(name: string, type: TensorType): string {
    this.claim(name, type);
    this.inputs.push({ name, dtype: type.dtype, dims: [...type.dims] });
    return name;
  }

  /** A constant tensor stored in the graph. */
  initializer(name: string, tensor: Tensor): string {
    this.claim(name, { dtype: tensor.dtype, dims: tensor.dims });
    this.initializers.set(name, tensor);
    this.frozen.add(name);
    return name;
  }

  /** An initialiser that may be trained later: never computed away, whatever is built on it. */
  weight(name: string, tensor: Tensor): string {
    this.claim(name, { dtype: tensor.dtype, dims: tensor.dims });
    this.initializers.set(name, tensor);
    return name;
  }

  /** Makes `value` an output called `name`. */
  output(name: string, value: string): void {
    const type = this.type(value);
    if (name !== value) this.append({ opType: 'Identity', inputs: [value], outputs: [name], attributes: {} });
    this.outputs.push({ name, dtype: type.dtype, dims: type.dims });
  }

  /** Constant from numbers; equal constants are stored once. */
  constant(values: number | number[], type: { dtype?: DataType; dims?: number[] } = {}): string {
    const list = typeof values === 'number' ? [values] : values;
    const dtype = type.dtype ?? 'float32';
    const dims = type.dims ?? (typeof values === 'number' ? [] : [list.length]);
    const key = `${dtype}|${dims}|${list}`;
    const known = list.length <= 64 ? this.shared.get(key) : undefined;
    if (known) return known;
    const name = this.initializer(this.fresh('const'), tensorOf(list, { dtype, dims }));
    this.shared.set(key, name);
    return name;
  }

  ints(values: number[]): string {
    return this.constant(values, { dtype: 'int64' });
  }

  /** Scalar constant of the dtype of `like`. */
  scalarLike(like: string, value: number): string {
    return this.constant(value, { dtype: this.dtype(like) });
  }

  /** Adds a node with one output and returns its name. */
  op(opType: string, inputs: string[], attributes: Record<string, AttributeInput> = {}): string {
    return this.ops(opType, { inputs, attributes, outputs: 1 })[0]!;
  }

  /** Adds a node with several outputs. */
  ops(
    opType: string,
    spec: { inputs: string[]; attributes?: Record<string, AttributeInput>; outputs: number },
  ): string[] {
    const outputs = Array.from({ length: spec.outputs }, () => this.fresh(opType));
    const attributes = Object.fromEntries(
      Object.entries(spec.attributes ?? {}).map(([name, value]) => [name, attributeOf(value)]),
    );
    this.append({ opType, inputs: spec.inputs, outputs, attributes });
    return outputs;
  }

  /** Adds a node with given output names (as an importer does). */
  append(spec: Omit<GraphNode, 'name' | 'domain'> & { name?: string; domain?: string }): void {
    const name = this.nodeName(spec.name || spec.outputs.find((o) => o) || spec.opType);
    const node: GraphNode = { domain: '', ...spec, name };
    const types = node.inputs.map((name) => (name ? this.type(name) : undefined));
    const constant = (index: number) => this.constantOf(node.inputs[index] ?? '');
    const results = inferNode({ node, types, constant });
    if (this.fold(node, results)) return;
    node.outputs.forEach((name, i) => {
      if (!name) return;
      this.claim(name, results[i]!);
      this.producers.set(name, node);
    });
    this.nodes.push(node);
  }

  /** Adds a node with a graph inside, whose results' types the caller knows. */
  control(node: GraphNode, types: TensorType[]): void {
    node.outputs.forEach((name, i) => {
      this.claim(name, types[i]!);
      this.producers.set(name, node);
    });
    this.nodes.push(node);
  }

  has(name: string): boolean {
    return this.types.has(name);
  }

  type(name: string): TensorType {
    const type = this.types.get(name);
    if (!type) throw new GraphError('unknown_value', `'${name}' is not a value of this graph`);
    return type;
  }

  dims(name: string): number[] {
    return this.type(name).dims;
  }

  dtype(name: string): DataType {
    return this.type(name).dtype;
  }

  /** Numbers of a constant of at most 65,536 elements, else undefined. */
  constantOf(name: string): number[] | undefined {
    const tensor = this.reference(name);
    return tensor ? [...tensor.data] : undefined;
  }

  isConstant(name: string): boolean {
    return this.frozen.has(name);
  }

  /** A name that no value has yet. */
  fresh(hint: string): string {
    for (;;) {
      const name = `${this.prefix}${hint}_${this.counter++}`;
      if (!this.types.has(name)) return name;
    }
  }

  /** The graph as built so far (not copied). */
  graph(name = 'main'): Graph {
    const { nodes, inputs, outputs, initializers } = this;
    return { name, nodes, inputs, outputs, initializers };
  }

  /** An input that turned out to need no state becomes a constant of the graph. */
  settle(name: string, tensor: Tensor): void {
    const at = this.inputs.findIndex((info) => info.name === name);
    if (at >= 0) this.inputs.splice(at, 1);
    this.initializers.set(name, tensor);
  }

  private nodeName(wanted: string): string {
    let name = wanted;
    for (let i = 1; this.nodeNames.has(name); i++) name = `${wanted}~${i}`;
    this.nodeNames.add(name);
    return name;
  }

  private claim(name: string, type: TensorType): void {
    if (this.types.has(name)) throw new GraphError('invalid_argument', `two values are called '${name}'`);
    this.types.set(name, { dtype: type.dtype, dims: [...type.dims] });
  }

  private reference(name: string): RefTensor | undefined {
    const known = this.folded.get(name);
    if (known) return known;
    const tensor = this.initializers.get(name);
    if (!tensor || elementCount(tensor.dims) > FOLD_LIMIT) return undefined;
    const value = { dtype: tensor.dtype, dims: tensor.dims, data: valuesOf(tensor) };
    this.folded.set(name, value);
    return value;
  }

  private fold(node: GraphNode, results: TensorType[]): boolean {
    if (!hasKernel(node) || results.some((type) => elementCount(type.dims) > FOLD_LIMIT)) return false;
    const values =
      node.opType === 'Shape' || node.opType === 'Size' ? this.shapeOnly(node) : this.foldable(node);
    if (!values) return false;
    runNode(node, values).forEach((value, i) => {
      const name = node.outputs[i];
      const type = results[i];
      if (!name || !type) return;
      this.claim(name, type);
      this.folded.set(name, { ...value, dtype: type.dtype });
      this.initializers.set(name, tensorOf(value.data, type));
      this.frozen.add(name);
    });
    return true;
  }

  private foldable(node: GraphNode): (RefTensor | undefined)[] | undefined {
    if (node.inputs.length === 0 || node.opType === 'Identity') return undefined;
    if (!node.inputs.every((name) => name === '' || this.frozen.has(name))) return undefined;
    const values = node.inputs.map((name) => (name ? this.reference(name) : undefined));
    return values.every((value, i) => value || node.inputs[i] === '') ? values : undefined;
  }

  private shapeOnly(node: GraphNode): RefTensor[] {
    const type = this.type(node.inputs[0]!);
    const data = node.opType === 'Size' ? new Float64Array(elementCount(type.dims)) : new Float64Array(0);
    return [{ ...type, data }];
  }
}

function attributeOf(value: AttributeInput): AttributeValue {
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { kind: 'int', value } : { kind: 'float', value };
  }
  if (typeof value === 'string') return { kind: 'string', value };
  if (Array.isArray(value)) return { kind: 'ints', value };
  return 'float' in value ? { kind: 'float', value: value.float } : value;
}

/** A model around a graph that this library built. */
export function modelOf(graph: Graph): Model {
  return {
    graph,
    irVersion: IR_VERSION,
    opsets: new Map([['', OPSET]]),
    producerName: 'onnx-grad',
    metadata: [],
  };
}

/** Dims with names bound to numbers; `unknown_dimension` names the dimension that is missing. */
export function bindDims(dims: readonly Dim[], sizes: Record<string, number>): number[] {
  return dims.map((dim) => {
    const size = typeof dim === 'number' ? dim : sizes[dim];
    if (size === undefined)
      throw new GraphError('unknown_dimension', `dimension '${dim}' has no size: pass it in sizes`);
    return size;
  });
}
