import type { Box } from '@likeness/contracts/box';
import sharp from 'sharp';
import type { Raster } from '../decode/raster.ts';
import { type Detection, suppress } from './suppress.ts';

const SIDE = 96;
const BORDER = 3;
const AREA_MIN = 0.012;
const PALETTE = 4;

/**
 * The built-in detector: class-agnostic, no weights. A pixel's saliency is its colour distance to the nearest of
 * four colours that make up the picture's border (k-means), damped toward the border; Otsu's threshold (1979)
 * splits it, connected regions become boxes. Score = mean saliency inside × fill of the box, 0..1. A picture whose
 * border explains everything has no object.
 */
export async function detectForeground(raster: Raster): Promise<Detection[]> {
  const scale = SIDE / Math.max(raster.width, raster.height);
  const [width, height] = [
    Math.max(8, Math.round(raster.width * scale)),
    Math.max(8, Math.round(raster.height * scale)),
  ];
  const pixels = await sharp(raster.data, {
    raw: { width: raster.width, height: raster.height, channels: 3 },
  })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .blur(0.8)
    .raw()
    .toBuffer();
  const saliency = saliencyOf(pixels, width, height);
  const threshold = otsu(saliency);
  if (threshold < 0.05) return [];
  const regions = regionsAbove(close(saliency, { threshold, width, height }), width, height);
  const found = regions
    .filter((region) => region.count >= AREA_MIN * width * height)
    .map((region) => toDetection(region, saliency, { width, height }));
  return suppress(found, { iou: 0.6, max: 10 });
}

type Region = { x1: number; y1: number; x2: number; y2: number; count: number; members: number[] };

function saliencyOf(pixels: Buffer, width: number, height: number): Float32Array {
  const border: number[][] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (x < BORDER || y < BORDER || x >= width - BORDER || y >= height - BORDER)
        border.push(opponent(pixels, (y * width + x) * 3));
    }
  }
  const palette = kMeans(border, PALETTE);
  const saliency = new Float32Array(width * height);
  for (let i = 0; i < saliency.length; i++) {
    const colour = opponent(pixels, i * 3);
    saliency[i] = Math.min(
      1,
      Math.sqrt(Math.min(...palette.map((each) => squaredDistance(colour, each)))) / 110,
    );
  }
  return saliency;
}

/** Lightness and two opponent axes; chroma weighs double, so that shadows on the ground stay ground. */
function opponent(pixels: Buffer, at: number): number[] {
  const [r, g, b] = [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
  return [(0.7 * (r + g + b)) / 3, 1.4 * (r - g), 0.7 * (r + g - 2 * b)];
}

const squaredDistance = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + (value - (b[i] ?? 0)) ** 2, 0);

function kMeans(points: readonly number[][], k: number): number[][] {
  const sorted = points.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  let centres = Array.from(
    { length: k },
    (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / k)] ?? [0, 0, 0],
  );
  for (let turn = 0; turn < 6; turn++) {
    const sums = centres.map(() => [0, 0, 0, 0]);
    for (const point of points) {
      const sum = sums[nearest(point, centres)] as number[];
      for (let c = 0; c < 3; c++) sum[c] = (sum[c] ?? 0) + (point[c] ?? 0);
      sum[3] = (sum[3] ?? 0) + 1;
    }
    centres = sums.map((sum, i) =>
      sum[3] ? [0, 1, 2].map((c) => (sum[c] ?? 0) / (sum[3] ?? 1)) : (centres[i] as number[]),
    );
  }
  return centres;
}

function nearest(point: readonly number[], centres: readonly number[][]): number {
  const distances = centres.map((centre) => squaredDistance(point, centre));
  return distances.indexOf(Math.min(...distances));
}

/** The threshold that maximises the variance between the two classes (Otsu 1979), over 64 bins. */
function otsu(values: Float32Array): number {
  const bins = new Float64Array(64);
  for (const value of values) bins[Math.min(63, Math.floor(value * 64))]! += 1;
  const total = bins.reduce((sum, count, i) => sum + count * i, 0);
  let [below, sumBelow, best, threshold] = [0, 0, -1, 0];
  for (let t = 0; t < 63; t++) {
    below += bins[t] ?? 0;
    sumBelow += t * (bins[t] ?? 0);
    const above = values.length - below;
    if (below === 0 || above === 0) continue;
    const between = below * above * (sumBelow / below - (total - sumBelow) / above) ** 2;
    if (between > best) [best, threshold] = [between, (t + 1) / 64];
  }
  return threshold;
}

/** Mask of salient pixels, grown by one pixel and shrunk again, so that thin gaps do not cut an object. */
function close(
  saliency: Float32Array,
  how: { threshold: number; width: number; height: number },
): Uint8Array {
  const mask = Uint8Array.from(saliency, (value) => (value > how.threshold ? 1 : 0));
  const spread = (from: Uint8Array, wanted: 0 | 1): Uint8Array =>
    from.map((value, i) => {
      const [x, y] = [i % how.width, Math.floor(i / how.width)];
      const around = [
        x > 0 && from[i - 1],
        x < how.width - 1 && from[i + 1],
        y > 0 && from[i - how.width],
        y < how.height - 1 && from[i + how.width],
      ];
      return around.some((each) => each === wanted) ? wanted : value;
    });
  return spread(spread(mask, 1), 0);
}

function regionsAbove(mask: Uint8Array, width: number, height: number): Region[] {
  const seen = new Uint8Array(mask.length);
  const regions: Region[] = [];
  for (let start = 0; start < mask.length; start++) {
    if (!mask[start] || seen[start]) continue;
    const region: Region = { x1: width, y1: height, x2: 0, y2: 0, count: 0, members: [] };
    const queue = [start];
    seen[start] = 1;
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      region.x1 = Math.min(region.x1, x);
      region.y1 = Math.min(region.y1, y);
      region.x2 = Math.max(region.x2, x + 1);
      region.y2 = Math.max(region.y2, y + 1);
      region.count += 1;
      region.members.push(at);
      for (const next of [
        x > 0 && at - 1,
        x < width - 1 && at + 1,
        y > 0 && at - width,
        y < height - 1 && at + width,
      ]) {
        if (next === false || !mask[next] || seen[next]) continue;
        seen[next] = 1;
        queue.push(next);
      }
    }
    regions.push(region);
  }
  return regions;
}

function toDetection(
  region: Region,
  saliency: Float32Array,
  size: { width: number; height: number },
): Detection {
  const margin = 0.5;
  const box: Box = [
    (region.x1 - margin) / size.width,
    (region.y1 - margin) / size.height,
    (region.x2 + margin) / size.width,
    (region.y2 + margin) / size.height,
  ];
  const fill = region.count / ((region.x2 - region.x1) * (region.y2 - region.y1));
  const mean = region.members.reduce((sum, at) => sum + (saliency[at] ?? 0), 0) / region.count;
  return { box, label: 'object', score: Math.min(1, 0.35 + 0.4 * mean + 0.25 * fill) };
}
