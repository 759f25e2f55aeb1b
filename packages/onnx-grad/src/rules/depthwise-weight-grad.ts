import type { GraphBuilder } from '../graph/builder.ts';
import { elementCount } from '../graph/tensor.ts';
import { forEachIndex } from '../verify/kernel.ts';
import { reduceSum, reshape } from './gradient-rule.ts';
import { turnSmall } from './small-matrices.ts';

interface DepthwiseGrad {
  /** [N, C, …], already cropped to what the windows reach. */
  input: string;
  /** [N, C, out…]. */
  grad: string;
  kernel: number[];
  strides: number[];
  dilations: number[];
  /** Pads of the exchanged convolution, none negative. */
  pads: number[];
}

/** More phases than this make nothing faster. */
const MOST_PHASES = 8;

/**
 * Depthwise weight gradient [C, 1, k…]: every (picture, channel) is a group of its own, convolved with its gradient map
 * as kernel. A kernel of 56 × 56 for an output of 3 × 3 is the worst case of a convolution by patches, so the gradient's
 * columns are dealt out to p phases (column q, q + p, …): p kernels of a p-th of the width, whose outputs are p − 1
 * columns wider. Tap t of phase q is output column q·stride + t. Two to four times faster than one phase (2 CPU cores).
 */
export function depthwiseWeightGrad(b: GraphBuilder, spec: DepthwiseGrad): string {
  const { kernel, strides, dilations } = spec;
  const [n, channels, ...size] = b.dims(spec.input) as [number, number, ...number[]];
  const out = b.dims(spec.grad).slice(2);
  const phases = dilations.at(-1) === 1 ? phasesOf(out.at(-1)!) : 1;
  const wide = [...kernel.slice(0, -1), kernel.at(-1)! + (phases - 1) * strides.at(-1)!];
  const narrow = [...out.slice(0, -1), out.at(-1)! / phases];
  const x = reshape(b, { x: spec.input, dims: [1, n * channels, ...size] });
  const each = b.op('Conv', [x, phaseKernels(b, { grad: spec.grad, phases, narrow })], {
    dilations: [...strides.slice(0, -1), strides.at(-1)! * phases],
    group: n * channels,
    kernel_shape: narrow,
    pads: spec.pads,
    strides: dilations,
  });
  const open = reshape(b, { x: each, dims: [n, channels, phases * elementCount(wide)] });
  const summed = n === 1 ? open : reduceSum(b, { x: open, axes: [0], keep: false });
  const rows = reshape(b, { x: summed, dims: [channels, phases * elementCount(wide)] });
  const taps =
    phases === 1
      ? rows
      : b.op('MatMul', [rows, tapsOfPhases(b, { ...spec, stride: strides.at(-1)!, phases, wide })]);
  return reshape(b, { x: taps, dims: [channels, 1, ...kernel] });
}

/** The largest divisor of the width that is at most MOST_PHASES. */
function phasesOf(width: number): number {
  for (let p = Math.min(MOST_PHASES, width); p > 1; p--) if (width % p === 0) return p;
  return 1;
}

/** Gradient maps [N, C, …, W] → kernels [N·C·p, 1, …, W/p]. */
function phaseKernels(b: GraphBuilder, spec: { grad: string; phases: number; narrow: number[] }): string {
  const { grad, phases, narrow } = spec;
  const [n, channels] = b.dims(grad) as [number, number];
  const dealt = reshape(b, { x: grad, dims: [n * channels, elementCount(narrow), phases] });
  const kernels = phases === 1 ? dealt : turnSmall(b, dealt);
  return reshape(b, { x: kernels, dims: [n * channels * phases, 1, ...narrow] });
}

/** [p·wide…, k…] with 1 where an output of a phase belongs to a tap. */
function tapsOfPhases(
  b: GraphBuilder,
  spec: { input: string; kernel: number[]; stride: number; phases: number; wide: number[] },
): string {
  const { kernel, stride, phases, wide } = spec;
  const count = elementCount(kernel);
  const size = elementCount(wide);
  const values = new Array<number>(phases * size * count).fill(0);
  for (let phase = 0; phase < phases; phase++) {
    let tap = 0;
    forEachIndex(kernel, (index) => {
      const shifted = [...index.slice(0, -1), index.at(-1)! + phase * stride];
      const place = shifted.reduce((sum, i, axis) => sum * wide[axis]! + i, 0);
      values[(phase * size + place) * count + tap] = 1;
      tap++;
    });
  }
  return b.constant(values, { dtype: b.dtype(spec.input), dims: [phases * size, count] });
}
