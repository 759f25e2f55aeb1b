import { elementCount, float32Tensor, type Tensor } from '../graph/tensor.ts';

/**
 * 32 random bits from an index and a seed (Chris Wellons' mix "lowbias32", 2018, public domain). No state, so that
 * another language makes the same tensors without a shared file.
 */
export function mixed(index: number, seed: number): number {
  let h = (index + Math.imul(seed, 0x9e3779b9)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Uniform number in [−1, 1). */
export function hashedNumber(index: number, seed: number): number {
  return mixed(index, seed) / 2147483648 - 1;
}

/** Uniform tensor with a given standard deviation around `mean`. */
export function hashedTensor(spec: {
  dims: number[];
  seed: number;
  deviation: number;
  mean?: number;
}): Tensor {
  const size = elementCount(spec.dims);
  const data = new Float32Array(size);
  const width = spec.deviation * Math.sqrt(3);
  for (let i = 0; i < size; i++) data[i] = (spec.mean ?? 0) + width * hashedNumber(i, spec.seed);
  return float32Tensor(data, spec.dims);
}
