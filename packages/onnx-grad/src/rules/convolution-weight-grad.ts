import type { GraphBuilder } from '../graph/builder.ts';
import type { WindowSpec } from '../graph/dims.ts';
import { elementCount } from '../graph/tensor.ts';
import { forEachIndex } from '../verify/kernel.ts';
import { depthwiseWeightGrad } from './depthwise-weight-grad.ts';
import { reduceSum, reshape, swapLast } from './gradient-rule.ts';
import { tallProduct } from './tall-product.ts';

export interface ConvShape extends WindowSpec {
  group: number;
  weight: string;
}

type WeightGrad = ConvShape & { input: string; grad: string };

/** More kernel taps than this go through one convolution instead of one product per tap. */
const TAP_LIMIT = 64;
/** With so few input channels and a stride, taking each tap's numbers out costs more than the products. */
const PICTURE_CHANNELS = 4;

/**
 * Gradient of a convolution's weights [O, I/g, k…]. The form depends on the shape, each measured on 2 CPU cores:
 * patches (kernel = stride, no padding): one Gemm; one group: one batched product per kernel tap
 * (1 × 1 on a small map: one product over all pictures; pictures with a stride: a convolution as for groups);
 * groups: a convolution of the input with the gradient as its kernel, stride and dilation exchanged (depthwise: see there).
 */
export function convolutionWeightGrad(b: GraphBuilder, spec: WeightGrad): string {
  const { kernel, strides, pads, dilations, group } = spec;
  const size = b.dims(spec.input).slice(2);
  const flat = pads.every((p) => p === 0) && dilations.every((d) => d === 1);
  const patches =
    flat && kernel.every((k, i) => k === strides[i] && size[i]! % k === 0) && elementCount(kernel) > 1;
  if (group === 1 && patches) return byPatches(b, spec);
  const picture = b.dims(spec.input)[1]! <= PICTURE_CHANNELS && strides.some((s) => s > 1);
  if (group === 1 && elementCount(kernel) <= TAP_LIMIT && !picture) return byTaps(b, spec);
  return byConvolution(b, spec);
}

/** X [N, I, Ho·k, Wo·k] → rows [N·Ho·Wo, I·k·k]; dW = Gᵀ·rows. */
function byPatches(b: GraphBuilder, spec: WeightGrad): string {
  const { kernel } = spec;
  const [n, channels, ...size] = b.dims(spec.input) as [number, number, ...number[]];
  const out = size.map((s, i) => s / kernel[i]!);
  const split = reshape(b, { x: spec.input, dims: [n, channels, ...out.flatMap((o, i) => [o, kernel[i]!])] });
  const places = kernel.map((_, i) => 2 + 2 * i);
  const perm = [0, ...places, 1, ...places.map((p) => p + 1)];
  const rows = n * elementCount(out);
  const x = reshape(b, {
    x: b.op('Transpose', [split], { perm }),
    dims: [rows, channels * elementCount(kernel)],
  });
  const last = [0, ...kernel.map((_, i) => i + 2), 1];
  const g = b.op('Transpose', [spec.grad], { perm: last });
  const outChannels = b.dims(spec.grad)[1]!;
  const gradRows = reshape(b, { x: g, dims: [rows, outChannels] });
  const product = tallProduct(b, { left: gradRows, right: x, alpha: 1 });
  return reshape(b, { x: product, dims: [outChannels, channels, ...kernel] });
}

/** Per kernel tap: dW[:, :, tap] = Σₙ G[n]·X[n, shifted]ᵀ as a batched product. */
function byTaps(b: GraphBuilder, spec: WeightGrad): string {
  const { kernel, strides, dilations } = spec;
  const out = b.dims(spec.grad).slice(2);
  const [n, outChannels] = b.dims(spec.grad) as [number, number];
  const channels = b.dims(spec.input)[1]!;
  const area = elementCount(out);
  if (smallMap(b, spec)) return byOneProduct(b, spec);
  const g = reshape(b, { x: spec.grad, dims: [n, outChannels, area] });
  const x = padded(b, spec);
  const axes = b.ints(kernel.map((_, i) => i + 2));
  const taps: string[] = [];
  forEachIndex(kernel, (tap) => {
    const starts = tap.map((t, i) => t * dilations[i]!);
    const ends = starts.map((s, i) => s + (out[i]! - 1) * strides[i]! + 1);
    const whole = ends.every((e, i) => starts[i] === 0 && e === b.dims(x)[i + 2] && strides[i] === 1);
    const part = whole ? x : b.op('Slice', [x, b.ints(starts), b.ints(ends), axes, b.ints(strides)]);
    const columns = swapLast(b, reshape(b, { x: part, dims: [n, channels, area] }));
    const product = b.op('MatMul', [g, columns]);
    taps.push(n === 1 ? product : reduceSum(b, { x: product, axes: [0], keep: false }));
  });
  const open = taps.map((tap) => reshape(b, { x: tap, dims: [outChannels, channels, 1] }));
  const joined = open.length === 1 ? open[0]! : b.op('Concat', open, { axis: -1 });
  return reshape(b, { x: joined, dims: [outChannels, channels, ...kernel] });
}

/** A 1 × 1 kernel whose weights are more numbers than one picture's input and output: not to be made per picture. */
function smallMap(b: GraphBuilder, { kernel, strides, pads, input, grad }: WeightGrad): boolean {
  const [n, inner, ...size] = b.dims(input) as [number, number, ...number[]];
  const outer = b.dims(grad)[1]!;
  const pointwise = [...kernel, ...strides].every((k) => k === 1) && pads.every((p) => p === 0);
  return pointwise && n > 1 && inner * outer > elementCount(size) * (inner + outer);
}

/** dW [O, I] = G [O, N·area] · X [I, N·area]ᵀ, both with channels first. */
function byOneProduct(b: GraphBuilder, spec: WeightGrad): string {
  const rows = (x: string) => {
    const [n, channels, ...size] = b.dims(x) as [number, number, ...number[]];
    const perm = [1, 0, ...size.map((_, i) => i + 2)];
    return reshape(b, { x: b.op('Transpose', [x], { perm }), dims: [channels, n * elementCount(size)] });
  };
  const product = b.op('Gemm', [rows(spec.grad), rows(spec.input)], { transB: 1 });
  return reshape(b, { x: product, dims: [...b.dims(product), ...spec.kernel] });
}

function padded(b: GraphBuilder, spec: WeightGrad): string {
  const { pads, kernel } = spec;
  if (pads.every((p) => p === 0)) return spec.input;
  const rank = kernel.length;
  return b.op('Pad', [spec.input, b.ints([0, 0, ...pads.slice(0, rank), 0, 0, ...pads.slice(rank)])]);
}

/**
 * Each (image, channel) becomes a channel of one picture, convolved with its own gradient map as kernel: out of
 * [I/g, g·N, …] with weights [g·O/g, N, Ho…] comes [I/g, O, k…].
 */
function byConvolution(b: GraphBuilder, spec: WeightGrad): string {
  const { kernel, strides, dilations, group } = spec;
  const [, outChannels, ...out] = b.dims(spec.grad) as [number, number, ...number[]];
  const needed = exchangedPads({ ...spec, size: b.dims(spec.input).slice(2), out });
  const input = cropped(b, { input: spec.input, pads: needed });
  const [n, channels, ...size] = b.dims(input) as [number, number, ...number[]];
  const perGroup = channels / group;
  const pads = needed.map((p) => Math.max(0, p));
  const window = {
    dilations: strides,
    kernel_shape: out,
    pads,
    strides: dilations,
  };
  if (perGroup === 1 && outChannels === group) return depthwiseWeightGrad(b, { ...spec, input, pads });
  const rest = kernel.map((_, i) => i + 3);
  const splitX = reshape(b, { x: input, dims: [n, group, perGroup, ...size] });
  const x = reshape(b, {
    x: b.op('Transpose', [splitX], { perm: [2, 1, 0, ...rest] }),
    dims: [perGroup, group * n, ...size],
  });
  const w = b.op('Transpose', [spec.grad], { perm: [1, 0, ...kernel.map((_, i) => i + 2)] });
  const product = b.op('Conv', [x, w], { ...window, group });
  return b.op('Transpose', [product], { perm: [1, 0, ...kernel.map((_, i) => i + 2)] });
}

/** Drops the rows and columns that no window reaches (their padding is negative). */
function cropped(b: GraphBuilder, at: { input: string; pads: number[] }): string {
  const rank = at.pads.length / 2;
  const ends = at.pads.slice(rank);
  if (ends.every((p) => p >= 0)) return at.input;
  const size = b.dims(at.input).slice(2);
  const axes = size.map((_, i) => i + 2);
  const stops = size.map((s, i) => s + Math.min(0, ends[i]!));
  return b.op('Slice', [at.input, b.ints(axes.map(() => 0)), b.ints(stops), b.ints(axes)]);
}

/** Pads of the exchanged convolution: the end one makes it yield exactly the kernel's size, and may be negative. */
function exchangedPads(spec: WeightGrad & { size: number[]; out: number[] }): number[] {
  const { kernel, strides, dilations, pads, size, out } = spec;
  const ends = kernel.map((k, i) => {
    const reach = (out[i]! - 1) * strides[i]! + 1;
    return (k - 1) * dilations[i]! + reach - size[i]! - pads[i]!;
  });
  return [...pads.slice(0, kernel.length), ...ends];
}
