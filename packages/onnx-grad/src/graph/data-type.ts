import { GraphError } from './graph-error.ts';

export type DataType =
  | 'float32'
  | 'float64'
  | 'float16'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'bool';

const CODES: Record<DataType, number> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
};
const NAMES = new Map(Object.entries(CODES).map(([name, code]) => [code, name as DataType]));
const BYTES: Record<DataType, number> = {
  float32: 4,
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  int32: 4,
  int64: 8,
  bool: 1,
  float16: 2,
  float64: 8,
  uint32: 4,
  uint64: 8,
};

/** TensorProto.DataType number of a dtype. */
export function dataTypeCode(type: DataType): number {
  return CODES[type];
}

/** Dtype of a TensorProto.DataType number; GraphError for strings, complex and other unsupported types. */
export function dataTypeOf(code: number): DataType {
  const name = NAMES.get(code);
  if (!name) throw new GraphError('unsupported_type', `tensor element type ${code} is not supported`);
  return name;
}

export function byteSize(type: DataType): number {
  return BYTES[type];
}

export function isFloat(type: DataType): boolean {
  return type === 'float32' || type === 'float64' || type === 'float16';
}

const view = new DataView(new ArrayBuffer(8));

/** Value of an IEEE half-precision bit pattern. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Half-precision bit pattern of a number, rounded to nearest even. */
export function numberToHalf(value: number): number {
  view.setFloat32(0, value);
  const bits = view.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  if (Number.isNaN(value)) return sign | 0x7e00;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  if (magnitude < 2 ** -14) return sign | roundHalfEven(magnitude * 2 ** 24);
  const exponent = Math.floor(Math.log2(magnitude));
  const safe = 2 ** exponent > magnitude ? exponent - 1 : exponent;
  return sign | (((safe + 15) << 10) + roundHalfEven((magnitude / 2 ** safe - 1) * 1024));
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest > 0.5 || (rest === 0.5 && floor % 2 === 1)) return floor + 1;
  return floor;
}
