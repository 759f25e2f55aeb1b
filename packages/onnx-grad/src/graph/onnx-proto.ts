import protobuf from 'protobufjs';

/** The part of onnx.proto3 (ONNX 1.19) that model files use; unknown fields are skipped by protobuf. */
const SCHEMA = `syntax = "proto2"; package onnx;
message AttributeProto {
  optional string name = 1; optional float f = 2; optional int64 i = 3; optional bytes s = 4;
  optional TensorProto t = 5; optional GraphProto g = 6; repeated float floats = 7; repeated int64 ints = 8;
  repeated bytes strings = 9; repeated TensorProto tensors = 10; repeated GraphProto graphs = 11; optional int32 type = 20;
}
message ValueInfoProto { optional string name = 1; optional TypeProto type = 2; }
message NodeProto {
  repeated string input = 1; repeated string output = 2; optional string name = 3; optional string op_type = 4;
  repeated AttributeProto attribute = 5; optional string domain = 7;
}
message OperatorSetIdProto { optional string domain = 1; optional int64 version = 2; }
message StringStringEntryProto { optional string key = 1; optional string value = 2; }
message FunctionProto { optional string name = 1; optional string domain = 10; }
message ModelProto {
  optional int64 ir_version = 1; optional string producer_name = 2; optional string producer_version = 3;
  optional string domain = 4; optional int64 model_version = 5; optional string doc_string = 6;
  optional GraphProto graph = 7; repeated OperatorSetIdProto opset_import = 8;
  repeated StringStringEntryProto metadata_props = 14; repeated FunctionProto functions = 25;
}
message GraphProto {
  repeated NodeProto node = 1; optional string name = 2; repeated TensorProto initializer = 5;
  repeated ValueInfoProto input = 11; repeated ValueInfoProto output = 12; repeated ValueInfoProto value_info = 13;
}
message TensorProto {
  repeated int64 dims = 1; optional int32 data_type = 2; repeated float float_data = 4 [packed = true];
  repeated int32 int32_data = 5 [packed = true]; repeated bytes string_data = 6; repeated int64 int64_data = 7 [packed = true];
  optional string name = 8; optional bytes raw_data = 9; repeated double double_data = 10 [packed = true];
  repeated uint64 uint64_data = 11 [packed = true]; repeated StringStringEntryProto external_data = 13;
  optional int32 data_location = 14;
}
message TypeProto {
  message Tensor { optional int32 elem_type = 1; optional TensorShapeProto shape = 2; }
  oneof value { Tensor tensor_type = 1; }
}
message TensorShapeProto {
  message Dimension { oneof value { int64 dim_value = 1; string dim_param = 2; } }
  repeated Dimension dim = 1;
}`;

export type ProtoLong = number | { toString(): string };

export interface ProtoTensor {
  dims?: ProtoLong[];
  dataType?: number;
  floatData?: number[];
  int32Data?: number[];
  int64Data?: ProtoLong[];
  uint64Data?: ProtoLong[];
  doubleData?: number[];
  name?: string;
  rawData?: Uint8Array;
  externalData?: { key?: string; value?: string }[];
  dataLocation?: number;
}
export interface ProtoAttribute {
  name?: string;
  f?: number;
  i?: ProtoLong;
  s?: Uint8Array;
  t?: ProtoTensor;
  g?: ProtoGraph;
  floats?: number[];
  ints?: ProtoLong[];
  strings?: Uint8Array[];
  type?: number;
}
export interface ProtoNode {
  input?: string[];
  output?: string[];
  name?: string;
  opType?: string;
  attribute?: ProtoAttribute[];
  domain?: string;
}
export interface ProtoValueInfo {
  name?: string;
  type?: {
    tensorType?: { elemType?: number; shape?: { dim?: { dimValue?: ProtoLong; dimParam?: string }[] } };
  };
}
export interface ProtoGraph {
  node?: ProtoNode[];
  name?: string;
  initializer?: ProtoTensor[];
  input?: ProtoValueInfo[];
  output?: ProtoValueInfo[];
  valueInfo?: ProtoValueInfo[];
}
export interface ProtoModel {
  irVersion?: ProtoLong;
  producerName?: string;
  producerVersion?: string;
  domain?: string;
  modelVersion?: ProtoLong;
  docString?: string;
  graph?: ProtoGraph;
  opsetImport?: { domain?: string; version?: ProtoLong }[];
  metadataProps?: { key?: string; value?: string }[];
  functions?: { name?: string; domain?: string }[];
}

const modelType = protobuf.parse(SCHEMA).root.lookupType('onnx.ModelProto');

/** Decodes the bytes of an .onnx file. Throws protobuf's own error on bytes that are not a protobuf message. */
export function decodeModelProto(bytes: Uint8Array): ProtoModel {
  return modelType.decode(bytes) as unknown as ProtoModel;
}

/** Encodes a model; fields are written in the order of their numbers, so equal models give equal bytes. */
export function encodeModelProto(model: ProtoModel): Uint8Array {
  return modelType.encode(modelType.fromObject(model)).finish();
}
