import protobuf from 'protobufjs';

const schema = `syntax="proto2"; package onnx;
message AttributeProto { optional string name=1; optional float f=2; optional int64 i=3; optional bytes s=4; repeated float floats=7; repeated int64 ints=8; optional int32 type=20; }
message ValueInfoProto { optional string name=1; optional TypeProto type=2; }
message NodeProto { repeated string input=1; repeated string output=2; optional string name=3; optional string op_type=4; repeated AttributeProto attribute=5; }
message OperatorSetIdProto { optional string domain=1; optional int64 version=2; }
message ModelProto { optional int64 ir_version=1; optional string producer_name=2; optional GraphProto graph=7; repeated OperatorSetIdProto opset_import=8; }
message GraphProto { repeated NodeProto node=1; optional string name=2; repeated TensorProto initializer=5; repeated ValueInfoProto input=11; repeated ValueInfoProto output=12; }
message TensorProto { repeated int64 dims=1; optional int32 data_type=2; optional string name=8; optional bytes raw_data=9; }
message TypeProto { message Tensor { optional int32 elem_type=1; optional TensorShapeProto shape=2; } optional Tensor tensor_type=1; }
message TensorShapeProto { message Dimension { optional int64 dim_value=1; optional string dim_param=2; } repeated Dimension dim=1; }`;
const modelType = protobuf.parse(schema).root.lookupType('onnx.ModelProto');

type Attribute = { name: string; i?: number; ints?: number[]; f?: number; type: number };
type Dim = number | string;
const FLOAT = 1;
const INT64 = 7;

/** Writes a small ONNX graph node by node; every method returns the name of its output. Same calls, same bytes. */
export class OnnxWriter {
  readonly #nodes: object[] = [];
  readonly #initializers: object[] = [];
  #next = 0;

  node(opType: string, inputs: string[], attributes: Record<string, number | number[]> = {}): string {
    const output = `${opType.toLowerCase()}_${this.#next++}`;
    const attribute = Object.entries(attributes).map(
      ([name, value]): Attribute =>
        Array.isArray(value) ? { name, ints: value, type: 7 } : { name, i: value, type: 2 },
    );
    this.#nodes.push({ opType, input: inputs, output: [output], name: output, attribute });
    return output;
  }

  floats(values: ArrayLike<number>, dims: number[]): string {
    return this.#tensor(FLOAT, dims, new Uint8Array(Float32Array.from(values).buffer));
  }

  ints(values: readonly number[]): string {
    return this.#tensor(INT64, [values.length], new Uint8Array(BigInt64Array.from(values, BigInt).buffer));
  }

  scalar(value: number): string {
    return this.#tensor(FLOAT, [], new Uint8Array(Float32Array.of(value).buffer));
  }

  /** The model's bytes; `result` becomes the output. */
  finish(graph: {
    name: string;
    input: { name: string; dims: Dim[] };
    output: { name: string; dims: Dim[]; from: string };
    opset: number;
  }): Uint8Array {
    this.#nodes.push({
      opType: 'Identity',
      input: [graph.output.from],
      output: [graph.output.name],
      name: graph.output.name,
    });
    const message = {
      irVersion: 8,
      producerName: 'likeness',
      opsetImport: [{ domain: '', version: graph.opset }],
      graph: {
        name: graph.name,
        node: this.#nodes,
        initializer: this.#initializers,
        input: [valueInfo(graph.input.name, graph.input.dims)],
        output: [valueInfo(graph.output.name, graph.output.dims)],
      },
    };
    return modelType.encode(modelType.fromObject(message)).finish();
  }

  #tensor(dataType: number, dims: number[], rawData: Uint8Array): string {
    const name = `c_${this.#next++}`;
    this.#initializers.push({ name, dataType, dims, rawData });
    return name;
  }
}

function valueInfo(name: string, dims: readonly Dim[]): object {
  const dim = dims.map((each) => (typeof each === 'string' ? { dimParam: each } : { dimValue: each }));
  return { name, type: { tensorType: { elemType: FLOAT, shape: { dim } } } };
}
