import fc from 'fast-check';
import type { GradientCase } from '../verify/gradient-check.ts';
import { type Cases, dim, int } from './case-shapes.ts';

const window = fc.record({
  size: int(3, 6),
  kernel: int(1, 3),
  stride: int(1, 2),
  dilation: int(1, 2),
  before: int(0, 1),
  after: int(0, 1),
});
type Window = typeof window extends fc.Arbitrary<infer T> ? T : never;
const fits = (w: Window) =>
  w.size + w.before + w.after >= (w.kernel - 1) * w.dilation + 1 && w.before < w.kernel && w.after < w.kernel;

const conv = (op: 'Conv' | 'ConvTranspose') =>
  fc
    .tuple(window.filter(fits), window.filter(fits), int(1, 2), int(1, 3), int(1, 2), int(1, 2), fc.boolean())
    .map(
      ([h, w, n, group, i, o, bias]): GradientCase => ({
        op,
        inputs: [
          { dims: [n, group * i, h.size, w.size] },
          { dims: op === 'Conv' ? [group * o, i, h.kernel, w.kernel] : [group * i, o, h.kernel, w.kernel] },
          ...(bias ? [{ dims: [group * o] }] : []),
        ],
        attributes: {
          group,
          kernel_shape: [h.kernel, w.kernel],
          strides: [h.stride, w.stride],
          dilations: [h.dilation, w.dilation],
          pads: [h.before, w.before, h.after, w.after],
        },
      }),
    );

const pool = (op: string) =>
  fc.tuple(window.filter(fits), window.filter(fits), fc.boolean()).map(
    ([h, w, count]): GradientCase => ({
      op,
      inputs: [{ dims: [2, 2, h.size, w.size] }],
      attributes: {
        kernel_shape: [h.kernel, w.kernel],
        strides: [h.stride, w.stride],
        pads: [h.before, w.before, h.after, w.after],
        ...(op === 'AveragePool' ? { count_include_pad: count ? 1 : 0 } : {}),
      },
    }),
  );

export const CONVOLUTION_CASES: Cases = {
  Conv: conv('Conv'),
  'Conv patches': fc.tuple(int(1, 3), int(1, 3), int(2, 3)).map(([n, c, k]) => ({
    op: 'Conv',
    inputs: [{ dims: [n, c, 2 * k, 3 * k] }, { dims: [2, c, k, k] }],
    attributes: { kernel_shape: [k, k], strides: [k, k] },
  })),
  'Conv one axis': int(3, 6).map((size) => ({
    op: 'Conv',
    inputs: [{ dims: [2, 2, size] }, { dims: [3, 2, 3] }],
    attributes: { kernel_shape: [3], pads: [1, 1] },
  })),
  'Conv wide kernel': int(1, 2).map((n) => ({
    op: 'Conv',
    inputs: [{ dims: [n, 1, 10, 10] }, { dims: [1, 1, 9, 9] }],
    attributes: { kernel_shape: [9, 9], pads: [1, 1, 1, 1] },
  })),
  'Conv SAME_UPPER': int(4, 7).map((size) => ({
    op: 'Conv',
    inputs: [{ dims: [1, 2, size, size] }, { dims: [2, 1, 3, 3] }],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], group: 2, auto_pad: 'SAME_UPPER' },
  })),
  ConvTranspose: conv('ConvTranspose'),
  MaxPool: pool('MaxPool'),
  AveragePool: pool('AveragePool'),
  GlobalAveragePool: fc
    .tuple(dim, dim, dim, dim)
    .map((d) => ({ op: 'GlobalAveragePool', inputs: [{ dims: d }] })),
  GlobalMaxPool: fc.tuple(dim, dim, dim, dim).map((d) => ({ op: 'GlobalMaxPool', inputs: [{ dims: d }] })),
};
