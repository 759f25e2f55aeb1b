import { byteSize, type DataType, halfToNumber, numberToHalf } from './data-type.ts';
import { GraphError } from './graph-error.ts';

/** A dense tensor, row-major, as its little-endian bytes. */
export interface Tensor {
  dtype: DataType;
  dims: number[];
  bytes: Uint8Array;
}

export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/** Numbers → tensor; integers are truncated, float16 rounded to nearest even, bool is value ≠ 0. */
export function tensorOf(values: ArrayLike<number>, type: { dtype: DataType; dims: number[] }): Tensor {
  const count = elementCount(type.dims);
  if (values.length !== count)
    throw new GraphError('shape_mismatch', `${values.length} values for dims [${type.dims}]`);
  const bytes = new Uint8Array(count * byteSize(type.dtype));
  const write = WRITERS[type.dtype];
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < count; i++) write(view, i, values[i] as number);
  return { dtype: type.dtype, dims: [...type.dims], bytes };
}

/** Tensor → numbers in double precision (int64 beyond 2^53 loses its low bits). */
export function valuesOf(tensor: Tensor): Float64Array {
  const count = elementCount(tensor.dims);
  const out = new Float64Array(count);
  const read = READERS[tensor.dtype];
  const view = new DataView(tensor.bytes.buffer, tensor.bytes.byteOffset, tensor.bytes.byteLength);
  for (let i = 0; i < count; i++) out[i] = read(view, i);
  return out;
}

/** float32 view (copied only when unaligned) of a float32 tensor. */
export function float32Of(tensor: Tensor): Float32Array {
  if (tensor.dtype !== 'float32') return Float32Array.from(valuesOf(tensor));
  const { bytes } = tensor;
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  return new Float32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}

export function float32Tensor(data: Float32Array, dims: number[]): Tensor {
  return { dtype: 'float32', dims, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

type Writer = (view: DataView, index: number, value: number) => void;
type Reader = (view: DataView, index: number) => number;

function bigOf(value: number): bigint {
  if (value >= 2 ** 63) return 9223372036854775807n;
  return BigInt(Math.trunc(value));
}

const WRITERS: Record<DataType, Writer> = {
  float32: (v, i, x) => v.setFloat32(i * 4, x, true),
  float64: (v, i, x) => v.setFloat64(i * 8, x, true),
  float16: (v, i, x) => v.setUint16(i * 2, numberToHalf(x), true),
  int64: (v, i, x) => v.setBigInt64(i * 8, bigOf(x), true),
  uint64: (v, i, x) => v.setBigUint64(i * 8, BigInt(Math.trunc(x)), true),
  int32: (v, i, x) => v.setInt32(i * 4, x, true),
  uint32: (v, i, x) => v.setUint32(i * 4, x, true),
  int16: (v, i, x) => v.setInt16(i * 2, x, true),
  uint16: (v, i, x) => v.setUint16(i * 2, x, true),
  int8: (v, i, x) => v.setInt8(i, x),
  uint8: (v, i, x) => v.setUint8(i, x),
  bool: (v, i, x) => v.setUint8(i, x ? 1 : 0),
};

const READERS: Record<DataType, Reader> = {
  float32: (v, i) => v.getFloat32(i * 4, true),
  float64: (v, i) => v.getFloat64(i * 8, true),
  float16: (v, i) => halfToNumber(v.getUint16(i * 2, true)),
  int64: (v, i) => Number(v.getBigInt64(i * 8, true)),
  uint64: (v, i) => Number(v.getBigUint64(i * 8, true)),
  int32: (v, i) => v.getInt32(i * 4, true),
  uint32: (v, i) => v.getUint32(i * 4, true),
  int16: (v, i) => v.getInt16(i * 2, true),
  uint16: (v, i) => v.getUint16(i * 2, true),
  int8: (v, i) => v.getInt8(i),
  uint8: (v, i) => v.getUint8(i),
  bool: (v, i) => v.getUint8(i),
};
