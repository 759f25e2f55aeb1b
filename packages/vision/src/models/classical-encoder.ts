import { OnnxWriter } from './onnx-writer.ts';

/** Side of the square input, and the width of the descriptor. */
export const CLASSICAL_SIDE = 128;

const COLOUR_CELLS = [1, 3];
const GRADIENT_CELLS = 4;
const TEXTURE_CELLS = 2;
const ORIENTATIONS = 8;
/** Prototypes of the soft colour histogram: greys, and hues at two lightnesses. */
const PROTOTYPES = colourPrototypes();

export const CLASSICAL_DIMS =
  PROTOTYPES.length * COLOUR_CELLS.reduce((sum, cells) => sum + cells * cells, 0) +
  ORIENTATIONS * GRADIENT_CELLS ** 2 +
  2 * TEXTURE_CELLS ** 2;

/** Weights of the three parts in the whole descriptor; chosen on pictures that we render, never on a test set. */
const PART_WEIGHTS = { colour: 1, gradient: 0.8, texture: 0.35 };

/**
 * The encoder that ships until a trained one exists: a classical descriptor as an ONNX graph of plain operators.
 *
 * Input `image` [N,3,128,128] RGB 0..255, output `embedding` [N,dims]. Three parts over a spatial pyramid, each
 * pooled with foreground weights (distance to the mean border colour), square-rooted and L2-normalised:
 * soft colour histogram (after Swain & Ballard 1991), histogram of oriented gradients (Dalal & Triggs 2005, pyramid
 * after Lazebnik et al. 2006), energy of two band-passes. It knows colours, edges and grain, not things.
 */
export function writeClassicalEncoder(): Uint8Array {
  const w = new OnnxWriter();
  const rgb = w.node('Div', ['image', w.scalar(255)]);
  const foreground = foregroundOf(w, rgb);
  const grey = w.node('Conv', [rgb, w.floats([0.299, 0.587, 0.114], [1, 3, 1, 1])]);
  const parts = [
    scaled(w, colourPart(w, rgb, foreground), PART_WEIGHTS.colour),
    scaled(w, gradientPart(w, grey, foreground), PART_WEIGHTS.gradient),
    scaled(w, texturePart(w, grey, foreground), PART_WEIGHTS.texture),
  ];
  const from = w.node('Concat', parts, { axis: 1 });
  return w.finish({
    name: 'classical-v1',
    input: { name: 'image', dims: ['N', 3, CLASSICAL_SIDE, CLASSICAL_SIDE] },
    output: { name: 'embedding', dims: ['N', CLASSICAL_DIMS], from },
    opset: 17,
  });
}

/** [N,1,S,S] in 0.08..1: how far a pixel's colour is from the mean colour of the border. */
function foregroundOf(w: OnnxWriter, rgb: string): string {
  const s = CLASSICAL_SIDE;
  const isBorder = (i: number): boolean => i % s < 4 || i % s >= s - 4 || i < 4 * s || i >= (s - 4) * s;
  const mask = Float32Array.from({ length: s * s }, (_, i) => (isBorder(i) ? 1 : 0));
  const count = mask.reduce((sum, each) => sum + each, 0);
  const masked = w.node('Mul', [rgb, w.floats(mask, [1, 1, s, s])]);
  const mean = w.node('Div', [
    w.node('ReduceSum', [masked, w.ints([2, 3])], { keepdims: 1 }),
    w.scalar(count),
  ]);
  const difference = w.node('Sub', [rgb, mean]);
  const squared = w.node('ReduceSum', [w.node('Mul', [difference, difference]), w.ints([1])], {
    keepdims: 1,
  });
  const distance = w.node('Sqrt', [w.node('Add', [squared, w.scalar(1e-6)])]);
  const ramp = w.node('Clip', [w.node('Div', [distance, w.scalar(0.35)]), w.scalar(0.08), w.scalar(1)]);
  return w.node('AveragePool', [ramp], { kernel_shape: [5, 5], strides: [1, 1], pads: [2, 2, 2, 2] });
}

/** Soft assignment of each pixel to the prototypes: softmax of −d²/σ², a 1×1 convolution away from rgb. */
function colourPart(w: OnnxWriter, rgb: string, foreground: string): string {
  const sharpness = 40;
  const kernel = PROTOTYPES.flatMap((colour) => colour.map((value) => 2 * sharpness * value));
  const bias = PROTOTYPES.map((colour) => -sharpness * colour.reduce((sum, value) => sum + value * value, 0));
  const logits = w.node('Conv', [
    rgb,
    w.floats(kernel, [PROTOTYPES.length, 3, 1, 1]),
    w.floats(bias, [PROTOTYPES.length]),
  ]);
  const shares = w.node('Mul', [w.node('Softmax', [logits], { axis: 1 }), foreground]);
  const levels = COLOUR_CELLS.map((cells) => flatten(w, pooled(w, shares, cells)));
  return unit(w, w.node('Sqrt', [w.node('Add', [w.node('Concat', levels, { axis: 1 }), w.scalar(1e-9)])]));
}

/** Sobel gradients projected on 8 directions (half-wave), so that a rotation moves energy between bins. */
function gradientPart(w: OnnxWriter, grey: string, foreground: string): string {
  const sobelX = [-1, 0, 1, -2, 0, 2, -1, 0, 1];
  const sobelY = [-1, -2, -1, 0, 0, 0, 1, 2, 1];
  const kernels = Array.from({ length: ORIENTATIONS }, (_, k) => {
    const angle = (2 * Math.PI * k) / ORIENTATIONS;
    return sobelX.map((value, i) => Math.cos(angle) * value + Math.sin(angle) * (sobelY[i] ?? 0));
  });
  const edges = w.node('Relu', [
    w.node('Conv', [grey, w.floats(kernels.flat(), [ORIENTATIONS, 1, 3, 3])], { pads: [1, 1, 1, 1] }),
  ]);
  const sharper = w.node('Mul', [edges, edges]);
  const weighted = w.node('Mul', [sharper, foreground]);
  return unit(
    w,
    w.node('Sqrt', [w.node('Add', [flatten(w, pooled(w, weighted, GRADIENT_CELLS)), w.scalar(1e-9)])]),
  );
}

/** |grey − blurred| at two scales: fine and coarse grain. */
function texturePart(w: OnnxWriter, grey: string, foreground: string): string {
  const blur = (size: number): string =>
    w.node('AveragePool', [grey], {
      kernel_shape: [size, size],
      strides: [1, 1],
      pads: new Array(4).fill((size - 1) / 2),
    });
  const [fine, coarse] = [blur(3), blur(9)];
  const bands = [
    w.node('Abs', [w.node('Sub', [grey, fine])]),
    w.node('Abs', [w.node('Sub', [fine, coarse])]),
  ];
  const weighted = w.node('Mul', [w.node('Concat', bands, { axis: 1 }), foreground]);
  return unit(
    w,
    w.node('Sqrt', [w.node('Add', [flatten(w, pooled(w, weighted, TEXTURE_CELLS)), w.scalar(1e-9)])]),
  );
}

/** Mean over a grid of cells × cells. */
function pooled(w: OnnxWriter, input: string, cells: number): string {
  const size = Math.floor(CLASSICAL_SIDE / cells);
  return w.node('AveragePool', [input], { kernel_shape: [size, size], strides: [size, size] });
}

const flatten = (w: OnnxWriter, input: string): string => w.node('Flatten', [input], { axis: 1 });
const scaled = (w: OnnxWriter, input: string, weight: number): string =>
  w.node('Mul', [input, w.scalar(weight)]);

function unit(w: OnnxWriter, input: string): string {
  const norm = w.node('ReduceL2', [input], { axes: [1], keepdims: 1 });
  return w.node('Div', [input, w.node('Add', [norm, w.scalar(1e-6)])]);
}

function colourPrototypes(): number[][] {
  const greys = [0.03, 0.25, 0.5, 0.75, 0.97].map((value) => [value, value, value]);
  const hues = Array.from({ length: 9 }, (_, i) => (i * 360) / 9);
  const tones = [
    [0.75, 0.85],
    [0.6, 0.4],
    [0.35, 0.9],
  ] as const;
  return [
    ...greys,
    ...tones.flatMap(([saturation, value]) => hues.map((hue) => hsv(hue, saturation, value))),
  ];
}

function hsv(hue: number, saturation: number, value: number): number[] {
  return [5, 3, 1].map((n) => {
    const k = (n + hue / 60) % 6;
    return value - value * saturation * Math.max(0, Math.min(k, 4 - k, 1));
  });
}
