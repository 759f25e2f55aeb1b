import { GraphError } from './graph-error.ts';

/** Dims after numpy broadcasting; GraphError `shape_mismatch` when they do not fit. */
export function broadcastDims(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[a.length - rank + i] ?? 1;
    const y = b[b.length - rank + i] ?? 1;
    if (x !== y && x !== 1 && y !== 1)
      throw new GraphError('shape_mismatch', `[${a}] and [${b}] do not broadcast`);
    return x === 1 ? y : x;
  });
}

export function sameDims(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}

/** Axis in [0, rank): negative axes count from the end. */
export function normalAxis(axis: number, rank: number): number {
  const normal = axis < 0 ? axis + rank : axis;
  if (normal < 0 || normal > rank) throw new GraphError('shape_mismatch', `axis ${axis} of rank ${rank}`);
  return normal;
}

export function stridesOf(dims: readonly number[]): number[] {
  const strides = new Array<number>(dims.length);
  let stride = 1;
  for (let i = dims.length - 1; i >= 0; i--) {
    strides[i] = stride;
    stride *= dims[i] as number;
  }
  return strides;
}

/** Axes along which a value of `from` dims was stretched to `to` dims: summing over them undoes broadcasting. */
export function stretchedAxes(from: readonly number[], to: readonly number[]): number[] {
  const lead = to.length - from.length;
  return to.flatMap((dim, i) => (i < lead || (from[i - lead] === 1 && dim !== 1) ? [i] : []));
}

export interface WindowSpec {
  kernel: number[];
  strides: number[];
  dilations: number[];
  /** All begins, then all ends. */
  pads: number[];
}

/** Output size of a sliding window along one axis (ONNX Conv / Pool). */
export function windowOutput(size: number, spec: WindowSpec & { axis: number; ceil?: boolean }): number {
  const { axis, kernel, strides, dilations, pads } = spec;
  const reach = (kernel[axis]! - 1) * dilations[axis]! + 1;
  const room = size + pads[axis]! + pads[axis + kernel.length]! - reach;
  if (!spec.ceil) return Math.floor(room / strides[axis]!) + 1;
  const out = Math.ceil(room / strides[axis]!) + 1;
  return (out - 1) * strides[axis]! >= size + pads[axis]! ? out - 1 : out;
}

/** Start, end (exclusive, may be −1 for a negative step) and step, clamped as ONNX Slice does. */
export function sliceRange(size: number, range: { start: number; end: number; step: number }) {
  const { step } = range;
  const wrap = (value: number) => (value < 0 ? value + size : value);
  const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);
  const start = step > 0 ? clamp(wrap(range.start), 0, size) : clamp(wrap(range.start), 0, size - 1);
  const end = step > 0 ? clamp(wrap(range.end), 0, size) : clamp(wrap(range.end), -1, size - 1);
  const count = Math.max(0, Math.ceil((end - start) / step));
  return { start, end, step, count };
}
