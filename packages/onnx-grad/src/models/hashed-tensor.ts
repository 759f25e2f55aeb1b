import { elementCount, float32Tensor, type Tensor } from '../graph/tensor.ts';

/**
 * Uniform number in [−1, 1) from an index and a seed (the 32-bit mix of Chris Wellons, "lowbias32", 2018, public
 * domain). No state, so that another language makes the same tensors without a shared file.
 */
export function hashedNumber(index: number, seed: number): number {
  let h = (index + Math.imul(seed, 0x9e3779b9)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  h = (h ^ (h >>> 16)) >>> 0;
  return h / 2147483648 - 1;
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
