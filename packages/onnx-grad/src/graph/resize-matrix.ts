import { floatAttribute, type GraphNode, intAttribute, stringAttribute } from './ir.ts';

export interface ResizeAxis {
  from: number;
  to: number;
  /** Output size / input size as the node has it (not always to / from). */
  scale: number;
}

/** Interpolation of one axis as a matrix [to, from], row by row, or undefined for a mode that is not known. */
export function resizeMatrix(node: GraphNode, axis: ResizeAxis): number[] | undefined {
  const mode = stringAttribute(node, 'mode') ?? 'nearest';
  const place = PLACES[stringAttribute(node, 'coordinate_transformation_mode') ?? 'half_pixel'];
  const weigh = WEIGHTS[mode];
  if (!place || !weigh || intAttribute(node, 'antialias') === 1) return undefined;
  const { from, to } = axis;
  const matrix = new Array<number>(to * from).fill(0);
  for (let row = 0; row < to; row++) {
    for (const [index, weight] of weigh(node, { x: place(row, axis), from })) {
      const column = Math.min(from - 1, Math.max(0, index));
      matrix[row * from + column]! += weight;
    }
  }
  return matrix;
}

/** Where an output place lies in the input (ONNX Resize 19, coordinate_transformation_mode). */
const PLACES: Record<string, (x: number, axis: ResizeAxis) => number> = {
  half_pixel: (x, { scale }) => (x + 0.5) / scale - 0.5,
  pytorch_half_pixel: (x, { scale, to }) => (to > 1 ? (x + 0.5) / scale - 0.5 : 0),
  half_pixel_symmetric: (x, { scale, from, to }) => {
    const offset = (from / 2) * (1 - to / (scale * from));
    return offset + (x + 0.5) / scale - 0.5;
  },
  align_corners: (x, { from, to }) => (to > 1 ? (x * (from - 1)) / (to - 1) : 0),
  asymmetric: (x, { scale }) => x / scale,
};

type Weigh = (node: GraphNode, at: { x: number; from: number }) => [index: number, weight: number][];

const ROUND: Record<string, (x: number) => number> = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

const nearest: Weigh = (node, { x }) => {
  const round = ROUND[stringAttribute(node, 'nearest_mode') ?? 'round_prefer_floor'] ?? Math.floor;
  return [[round(x), 1]];
};

const linear: Weigh = (_, { x, from }) => {
  const inside = Math.min(from - 1, Math.max(0, x));
  const low = Math.floor(inside);
  return [
    [low, 1 - (inside - low)],
    [low + 1, inside - low],
  ];
};

/** Keys 1981, eq. 4, with the node's coefficient (−0.75 by default) in place of −½. */
const cubic: Weigh = (node, { x, from }) => {
  const a = floatAttribute(node, 'cubic_coeff_a') ?? -0.75;
  const low = Math.floor(x);
  const taps = [-1, 0, 1, 2].map((step): [number, number] => {
    const d = Math.abs(x - low - step);
    const near = ((a + 2) * d - (a + 3)) * d * d + 1;
    const far = ((a * d - 5 * a) * d + 8 * a) * d - 4 * a;
    return [low + step, d <= 1 ? near : far];
  });
  if (intAttribute(node, 'exclude_outside') !== 1) return taps;
  const inside = taps.filter(([index]) => index >= 0 && index < from);
  const sum = inside.reduce((total, [, weight]) => total + weight, 0);
  return inside.map(([index, weight]) => [index, weight / sum]);
};

const WEIGHTS: Record<string, Weigh> = { nearest, linear, cubic };
