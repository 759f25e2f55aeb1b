import { dataTypeCode } from './data-type.ts';
import type { AttributeValue, Graph, GraphNode, Model, ValueInfo } from './ir.ts';
import {
  encodeModelProto,
  type ProtoAttribute,
  type ProtoGraph,
  type ProtoNode,
  type ProtoTensor,
  type ProtoValueInfo,
} from './onnx-proto.ts';
import type { Tensor } from './tensor.ts';

/** Bytes of an .onnx file. Equal models give equal bytes: the order of nodes, initialisers and attributes is kept. */
export function writeModel(model: Model): Uint8Array {
  return encodeModelProto({
    irVersion: model.irVersion,
    producerName: model.producerName,
    graph: writeGraph(model.graph),
    opsetImport: [...model.opsets].map(([domain, version]) => ({ domain, version })),
    metadataProps: model.metadata.map(([key, value]) => ({ key, value })),
  });
}

function writeGraph(graph: Graph): ProtoGraph {
  return {
    name: graph.name,
    node: graph.nodes.map(writeNode),
    initializer: [...graph.initializers].map(([name, tensor]) => writeTensor(tensor, name)),
    input: graph.inputs.map(writeValueInfo),
    output: graph.outputs.map(writeValueInfo),
  };
}

function writeNode(node: GraphNode): ProtoNode {
  return {
    name: node.name,
    opType: node.opType,
    ...(node.domain ? { domain: node.domain } : {}),
    input: node.inputs,
    output: node.outputs,
    attribute: Object.entries(node.attributes).map(([name, value]) => writeAttribute(name, value)),
  };
}

function writeAttribute(name: string, attribute: AttributeValue): ProtoAttribute {
  const bytes = (text: string) => new TextEncoder().encode(text);
  switch (attribute.kind) {
    case 'float':
      return { name, type: 1, f: attribute.value };
    case 'int':
      return { name, type: 2, i: attribute.value };
    case 'string':
      return { name, type: 3, s: bytes(attribute.value) };
    case 'tensor':
      return { name, type: 4, t: writeTensor(attribute.value) };
    case 'graph':
      return { name, type: 5, g: writeGraph(attribute.value) };
    case 'floats':
      return { name, type: 6, floats: attribute.value };
    case 'ints':
      return { name, type: 7, ints: attribute.value };
    case 'strings':
      return { name, type: 8, strings: attribute.value.map(bytes) };
  }
}

function writeTensor(tensor: Tensor, name = ''): ProtoTensor {
  return { name, dims: tensor.dims, dataType: dataTypeCode(tensor.dtype), rawData: tensor.bytes };
}

function writeValueInfo(info: ValueInfo): ProtoValueInfo {
  const dim = info.dims.map((d) => (typeof d === 'number' ? { dimValue: d } : { dimParam: d }));
  return { name: info.name, type: { tensorType: { elemType: dataTypeCode(info.dtype), shape: { dim } } } };
}
