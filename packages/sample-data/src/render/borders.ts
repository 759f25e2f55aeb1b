import type { Geometry } from './geometry.ts';
import { kept } from './kept.ts';
import type { Visibility } from './rasterise.ts';

/**
 * Pixels where surfaces meet, with four samples each: which triangle each sample sees. A sample that sees the same
 * surface as one before it takes that one's colour: its `triangle` is -2 - (that sample's number 0…3).
 */
export type Borders = {
  count: number;
  /** Which pixel each border is, and of each pixel which border (-1 = none). */
  pixel: Int32Array;
  of: Int32Array;
  inverse: Float32Array;
  triangle: Int32Array;
};
export const SAMPLES = 4;
/** Where the samples lie in a pixel: a square turned, so that upright and level edges get all four steps. */
export const OFFSETS = Float64Array.of(0.375, 0.125, 0.875, 0.375, 0.625, 0.875, 0.125, 0.625);
/** Share of the depth by which two neighbours of one piece must differ to count as two surfaces. */
const GAP = 0.012;
const room = {
  pixel: kept(Int32Array),
  of: kept(Int32Array),
  inverse: kept(Float32Array),
  triangle: kept(Int32Array),
  blocks: kept(Uint8Array),
};

/** Finds the borders and looks again at their samples, so that edges come out smooth at the price of a few pixels. */
export function bordersOf(all: Geometry, seen: Visibility): Borders {
  const of = room.of(seen.triangle.length).fill(-1);
  const count = marked(all, seen, of);
  const borders = {
    count,
    of,
    pixel: room.pixel(count),
    inverse: room.inverse(count * SAMPLES).fill(0),
    triangle: room.triangle(count * SAMPLES).fill(-1),
  };
  for (let at = 0; at < of.length; at++) {
    const border = of[at] as number;
    if (border >= 0) borders.pixel[border] = at;
  }
  sample(all, seen, borders, blocksOf(borders, seen.width, seen.height));
  share(all, borders);
  return borders;
}

/** Numbers every pixel that differs from its right or lower neighbour, and that neighbour. */
function marked(all: Geometry, seen: Visibility, of: Int32Array): number {
  let count = 0;
  for (let y = 0; y < seen.height; y++) count = markedRow(all, seen, of, y, count);
  return count;
}

function markedRow(all: Geometry, seen: Visibility, of: Int32Array, y: number, first: number): number {
  const { width, height, triangle } = seen;
  const below = y + 1 < height ? width : 0;
  const end = (y + 1) * width;
  let count = first;
  for (let at = y * width; at < end; at++) {
    const t = triangle[at] as number;
    const right = at + 1 < end ? at + 1 : at;
    if (t !== triangle[right] && differ(all, seen, at, right)) {
      if ((of[at] as number) < 0) of[at] = count++;
      if ((of[right] as number) < 0) of[right] = count++;
    }
    if (t !== triangle[at + below] && differ(all, seen, at, at + below)) {
      if ((of[at] as number) < 0) of[at] = count++;
      if ((of[at + below] as number) < 0) of[at + below] = count++;
    }
  }
  return count;
}

/** Whether two pixels that see two triangles see two surfaces. */
function differ(all: Geometry, seen: Visibility, at: number, next: number): boolean {
  const one = seen.triangle[at] as number;
  const two = seen.triangle[next] as number;
  if (one < 0 || two < 0 || all.pieceOf[one] !== all.pieceOf[two]) return true;
  const here = seen.inverse[at] as number;
  return Math.abs(here - (seen.inverse[next] as number)) > GAP * here;
}

/** Which squares of 8 × 8 pixels hold a border at all; most do not and are passed over. */
function blocksOf({ pixel, count }: Borders, width: number, height: number): Uint8Array {
  const wide = (width + 7) >> 3;
  const blocks = room.blocks(wide * ((height + 7) >> 3)).fill(0);
  for (let border = 0; border < count; border++) {
    const at = pixel[border] as number;
    const y = Math.floor(at / width);
    blocks[(y >> 3) * wide + ((at - y * width) >> 3)] = 1;
  }
  return blocks;
}

/** The rasteriser once more, for the samples of the borders alone. */
function sample(all: Geometry, seen: Visibility, borders: Borders, blocks: Uint8Array): void {
  const count = all.triangles.length / 3;
  for (let t = 0; t < count; t++) sampleTriangle(all, t, seen, borders, blocks);
}

function sampleTriangle(
  all: Geometry,
  t: number,
  seen: Visibility,
  borders: Borders,
  blocks: Uint8Array,
): void {
  const { width, height } = seen;
  const wide = (width + 7) >> 3;
  const { screen, triangles } = all;
  const { of, inverse, triangle } = borders;
  const a = (triangles[t * 3] as number) * 3;
  const b = (triangles[t * 3 + 1] as number) * 3;
  const c = (triangles[t * 3 + 2] as number) * 3;
  const ia = screen[a + 2] as number;
  const ib = (screen[b + 2] as number) - ia;
  const ic = (screen[c + 2] as number) - ia;
  if (ia === 0 || ib === -ia || ic === -ia) return;
  const ax = screen[a] as number;
  const ay = screen[a + 1] as number;
  const bx = (screen[b] as number) - ax;
  const by = (screen[b + 1] as number) - ay;
  const cx = (screen[c] as number) - ax;
  const cy = (screen[c + 1] as number) - ay;
  const area = bx * cy - by * cx;
  if (area === 0) return;
  const left = Math.max(0, Math.floor(ax + Math.min(0, bx, cx)));
  const right = Math.min(width - 1, Math.floor(ax + Math.max(0, bx, cx)));
  const top = Math.max(0, Math.floor(ay + Math.min(0, by, cy)));
  const bottom = Math.min(height - 1, Math.floor(ay + Math.max(0, by, cy)));
  const over = 1 / area;
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) {
      if (blocks[(y >> 3) * wide + (x >> 3)] === 0) {
        x |= 7;
        continue;
      }
      const border = of[y * width + x] as number;
      if (border < 0) continue;
      for (let s = 0; s < SAMPLES; s++) {
        const px = x + (OFFSETS[s * 2] as number) - ax;
        const py = y + (OFFSETS[s * 2 + 1] as number) - ay;
        const wb = (px * cy - py * cx) * over;
        const wc = (py * bx - px * by) * over;
        if (wb < 0 || wc < 0 || wb + wc > 1) continue;
        const i = ia + wb * ib + wc * ic;
        const k = border * SAMPLES + s;
        if (i <= (inverse[k] as number)) continue;
        inverse[k] = i;
        triangle[k] = t;
      }
    }
}

/** Lets samples of one surface share a colour. */
function share(all: Geometry, borders: Borders): void {
  for (let k = 0; k < borders.triangle.length; k++) shareOne(all, borders, k);
}

function shareOne({ pieceOf }: Geometry, { inverse, triangle }: Borders, k: number): void {
  const t = triangle[k] as number;
  const first = k & -SAMPLES;
  const slack = GAP * (inverse[k] as number);
  for (let other = first; other < k; other++) {
    const o = triangle[other] as number;
    if (o < -1) continue;
    const same = t < 0 ? o === t : o >= 0 && pieceOf[o] === pieceOf[t];
    if (!same || Math.abs((inverse[k] as number) - (inverse[other] as number)) > slack) continue;
    triangle[k] = -2 - (other - first);
    return;
  }
}
