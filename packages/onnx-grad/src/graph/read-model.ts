import { byteSize, type DataType, dataTypeOf, halfToNumber } from './data-type.ts';
import { GraphError } from './graph-error.ts';
import type { AttributeValue, Graph, GraphNode, Model, ValueInfo } from './ir.ts';
import {
  decodeModelProto,
  type ProtoAttribute,
  type ProtoGraph,
  type ProtoLong,
  type ProtoNode,
  type ProtoTensor,
  type ProtoValueInfo,
} from './onnx-proto.ts';
import { elementCount, type Tensor, tensorOf } from './tensor.ts';

const long = (value: ProtoLong | undefined): number => Number(value === undefined ? 0 : value.toString());

/**
 * Reads the bytes of an .onnx file. Weights must be inside the file (no external data), functions are not expanded.
 * Throws GraphError `not_a_model` or `unsupported_graph`.
 */
export function readModel(bytes: Uint8Array): Model {
  const proto = decode(bytes);
  if (!proto.graph) throw new GraphError('not_a_model', 'the bytes hold no ONNX graph');
  if (proto.functions?.length)
    throw new GraphError('unsupported_graph', 'the model has local functions: inline them first');
  const opsets = new Map((proto.opsetImport ?? []).map((o) => [o.domain ?? '', long(o.version)] as const));
  return {
    graph: readGraph(proto.graph),
    irVersion: long(proto.irVersion),
    opsets: new Map([...opsets].map(([domain, version]) => [domain === 'ai.onnx' ? '' : domain, version])),
    producerName: proto.producerName ?? '',
    metadata: (proto.metadataProps ?? []).map((entry) => [entry.key ?? '', entry.value ?? '']),
  };
}

function decode(bytes: Uint8Array) {
  try {
    return decodeModelProto(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (cause) {
    throw new GraphError('not_a_model', `the bytes are not an ONNX file: ${(cause as Error).message}`);
  }
}

function readGraph(graph: ProtoGraph): Graph {
  const initializers = new Map((graph.initializer ?? []).map((t) => [t.name ?? '', readTensor(t)]));
  const nodes = (graph.node ?? []).map(readNode);
  nameNodes(nodes);
  return {
    name: graph.name ?? 'graph',
    nodes,
    inputs: (graph.input ?? []).filter((v) => !initializers.has(v.name ?? '')).map(readValueInfo),
    outputs: (graph.output ?? []).map(readValueInfo),
    initializers,
  };
}

/** Errors name nodes, so every node gets a name: its own, or that of its first output. */
function nameNodes(nodes: GraphNode[]): void {
  for (const node of nodes) if (!node.name) node.name = node.outputs.find((o) => o) ?? node.opType;
}

function readNode(node: ProtoNode): GraphNode {
  return {
    name: node.name ?? '',
    opType: node.opType ?? '',
    domain: node.domain === 'ai.onnx' ? '' : (node.domain ?? ''),
    inputs: [...(node.input ?? [])],
    outputs: [...(node.output ?? [])],
    attributes: Object.fromEntries((node.attribute ?? []).map((a) => [a.name ?? '', readAttribute(a)])),
  };
}

function readAttribute(a: ProtoAttribute): AttributeValue {
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  switch (a.type) {
    case 1:
      return { kind: 'float', value: a.f ?? 0 };
    case 2:
      return { kind: 'int', value: long(a.i) };
    case 3:
      return { kind: 'string', value: text(a.s ?? new Uint8Array()) };
    case 4:
      return { kind: 'tensor', value: readTensor(a.t ?? {}) };
    case 5:
      return { kind: 'graph', value: readGraph(a.g ?? {}) };
    case 6:
      return { kind: 'floats', value: [...(a.floats ?? [])] };
    case 7:
      return { kind: 'ints', value: (a.ints ?? []).map(long) };
    case 8:
      return { kind: 'strings', value: (a.strings ?? []).map(text) };
    default:
      throw new GraphError('unsupported_graph', `attribute ${a.name} has the unsupported type ${a.type}`);
  }
}

function readValueInfo(info: ProtoValueInfo): ValueInfo {
  const tensor = info.type?.tensorType;
  const dims = (tensor?.shape?.dim ?? []).map((d, i) =>
    Object.hasOwn(d, 'dimValue') ? long(d.dimValue) : d.dimParam || `?${i}`,
  );
  return { name: info.name ?? '', dtype: dataTypeOf(tensor?.elemType || 1), dims };
}

function readTensor(t: ProtoTensor): Tensor {
  const dtype = dataTypeOf(t.dataType ?? 0);
  const dims = (t.dims ?? []).map(long);
  if (t.dataLocation === 1 || t.externalData?.length)
    throw new GraphError(
      'unsupported_graph',
      `initialiser ${t.name} lies in an external file: embed it first`,
    );
  if (t.rawData?.length) {
    const expected = elementCount(dims) * byteSize(dtype);
    if (t.rawData.length !== expected)
      throw new GraphError(
        'not_a_model',
        `initialiser ${t.name}: ${t.rawData.length} bytes, not ${expected}`,
      );
    return { dtype, dims, bytes: t.rawData };
  }
  const values = typedData(t, dtype);
  return values.length === 0 && elementCount(dims) > 0
    ? tensorOf(new Float64Array(elementCount(dims)), { dtype, dims })
    : tensorOf(values, { dtype, dims });
}

function typedData(t: ProtoTensor, dtype: DataType): ArrayLike<number> {
  if (dtype === 'float32') return t.floatData ?? [];
  if (dtype === 'float64') return t.doubleData ?? [];
  if (dtype === 'int64') return (t.int64Data ?? []).map(long);
  if (dtype === 'uint64' || dtype === 'uint32') return (t.uint64Data ?? []).map(long);
  if (dtype === 'float16') return (t.int32Data ?? []).map(halfToNumber);
  return t.int32Data ?? [];
}
