import type { Fragments } from './fragments.ts';
import type { Geometry, Piece } from './geometry.ts';
import { kept } from './kept.ts';
import type { Visibility } from './rasterise.ts';
import type { Camera } from './scene.ts';

/** Share of the light around that reaches each second pixel of each second row, 0..1. */
export type Openness = { width: number; height: number; values: Float32Array };
const TAPS = 8;
const GOLDEN = 2.399963;
/** Pixels that the taps reach at most, and the least reach that is worth a look. */
const [FURTHEST, NEAREST] = [90, 1.5];
/** What a closed-in place still gets. */
const LEAST = 0.12;
/** Sixteen turns of one spiral, a unit disc: pixels of a 4 × 4 tile use different ones, the blur brings them together. */
const SPIRAL = Float32Array.from({ length: 16 * TAPS * 2 }, (_, i) => {
  const tap = (i >> 1) % TAPS;
  const angle = tap * GOLDEN + Math.floor(i / (TAPS * 2)) * 0.3927;
  return Math.sqrt((tap + 0.5) / TAPS) * (i & 1 ? Math.sin(angle) : Math.cos(angle));
});
const room = { inverse: kept(Float32Array), raw: kept(Float32Array), values: kept(Float32Array) };

/**
 * Ambient occlusion in screen space at half size: of a spiral of taps round each pixel, the share that lies before
 * the surface's plane (after Alchemy AO, McGuire 2011), then blurred 4 × 4 within one surface. 1 = open, 0 = closed in.
 */
export function opennessOf(all: Geometry, seen: Visibility, camera: Camera, radius: number): Openness {
  const width = seen.width >> 1;
  const height = seen.height >> 1;
  // A copy at half size: the taps of a neighbourhood then lie close together in memory.
  const inverse = room.inverse(width * height);
  for (let y = 0; y < height; y++) halfRow(seen.inverse, y * 2 * seen.width, inverse, y * width, width);
  const raw = room.raw(width * height).fill(1);
  const box = closeTo(all, seen, radius * camera.focal * seen.height);
  const how = { inverse, raw, box, radius, scale: camera.focal * seen.height };
  for (let y = box.top; y < box.bottom; y++) tapRow(all, seen, y, how);
  return { width, height, values: blurred(raw, inverse, width, height, box) };
}

function halfRow(from: Float32Array, first: number, to: Float32Array, at: number, width: number): void {
  for (let x = 0; x < width; x++) to[at + x] = from[first + x * 2] as number;
}

type Box = { left: number; top: number; right: number; bottom: number };

/** The part of the half-size picture that can be closed in by anything: without scenery, the casters and their reach. */
function closeTo(all: Geometry, seen: Visibility, reach: number): Box {
  const [width, height] = [seen.width >> 1, seen.height >> 1];
  const box = { left: width, top: height, right: 0, bottom: 0 };
  if (all.pieces.some(({ casts, skin }) => !casts && !skin.ground))
    return { left: 0, top: 0, right: width, bottom: height };
  for (const piece of all.pieces) if (piece.casts) spread(box, all, piece, reach);
  return {
    left: Math.max(0, Math.floor(box.left)),
    top: Math.max(0, Math.floor(box.top)),
    right: Math.min(width, Math.ceil(box.right)),
    bottom: Math.min(height, Math.ceil(box.bottom)),
  };
}

function spread(box: Box, { screen, triangles }: Geometry, piece: Piece, reach: number): void {
  for (let k = piece.first * 3; k < piece.end * 3; k++) {
    const n = (triangles[k] as number) * 3;
    const far = Math.min(FURTHEST, reach * (screen[n + 2] as number)) + 8;
    const x = screen[n] as number;
    const y = screen[n + 1] as number;
    if (x - far < box.left * 2) box.left = (x - far) / 2;
    if (x + far > box.right * 2) box.right = (x + far) / 2;
    if (y - far < box.top * 2) box.top = (y - far) / 2;
    if (y + far > box.bottom * 2) box.bottom = (y + far) / 2;
  }
}

function tapRow(
  all: Geometry,
  seen: Visibility,
  y: number,
  how: { inverse: Float32Array; raw: Float32Array; box: Box; radius: number; scale: number },
): void {
  const { inverse, raw, box, radius, scale } = how;
  const { screen, triangles } = all;
  const width = seen.width >> 1;
  const height = seen.height >> 1;
  let last = -1;
  let [gx, gy] = [0, 0];
  for (let x = box.left; x < box.right; x++) {
    const t = seen.triangle[y * 2 * seen.width + x * 2] as number;
    if (t < 0) continue;
    const here = inverse[y * width + x] as number;
    const reach = Math.min(FURTHEST, radius * scale * here) / 2;
    if (reach < NEAREST / 2) continue;
    if (t !== last) {
      // 1 / depth is linear over the picture: the triangle's slopes give its plane everywhere.
      last = t;
      const a = (triangles[t * 3] as number) * 3;
      const b = (triangles[t * 3 + 1] as number) * 3;
      const c = (triangles[t * 3 + 2] as number) * 3;
      const ai = screen[a + 2] as number;
      const ux = (screen[b] as number) - (screen[a] as number);
      const uy = (screen[b + 1] as number) - (screen[a + 1] as number);
      const ui = (screen[b + 2] as number) - ai;
      const vx = (screen[c] as number) - (screen[a] as number);
      const vy = (screen[c + 1] as number) - (screen[a + 1] as number);
      const vi = (screen[c + 2] as number) - ai;
      // Of a pixel of the half-size copy.
      const over = 2 / (ux * vy - uy * vx);
      gx = (ui * vy - uy * vi) * over;
      gy = (ux * vi - ui * vx) * over;
    }
    const turn = ((x & 3) * 4 + (y & 3)) * TAPS * 2;
    const closed = closedIn(inverse, x, y, { width, height, turn, here, gx, gy, reach, radius });
    raw[y * width + x] = 1 - closed / TAPS;
  }
}

/** How many of a place's taps see something before its plane. */
function closedIn(
  inverse: Float32Array,
  x: number,
  y: number,
  how: {
    width: number;
    height: number;
    turn: number;
    here: number;
    gx: number;
    gy: number;
    reach: number;
    radius: number;
  },
): number {
  const { width, height, turn, here, gx, gy, reach, radius } = how;
  const depth2 = 1 / (here * here);
  let closed = 0;
  for (let k = turn; k < turn + TAPS * 2; k += 2) {
    const dx = ((SPIRAL[k] as number) * reach) | 0;
    const dy = ((SPIRAL[k + 1] as number) * reach) | 0;
    const px = x + dx;
    const py = y + dy;
    if (px < 0 || py < 0 || px >= width || py >= height) continue;
    const there = inverse[py * width + px] as number;
    const before = (there - here - gx * dx - gy * dy) * depth2;
    if (before > 0.002 && there > 0) closed += before < radius ? 1 : radius / before / 2;
  }
  return closed;
}

/** Means of 4 × 4 over neighbours of like depth. */
function blurred(
  raw: Float32Array,
  inverse: Float32Array,
  width: number,
  height: number,
  box: Box,
): Float32Array {
  const values = room.values(raw.length).fill(1);
  for (let y = box.top; y < box.bottom; y++)
    blurRow(values, raw, inverse, { width, height, y, left: box.left, right: box.right });
  return values;
}

function blurRow(
  values: Float32Array,
  raw: Float32Array,
  inverse: Float32Array,
  how: { width: number; height: number; y: number; left: number; right: number },
): void {
  const { width, height, y, left, right } = how;
  for (let x = left; x < right; x++) {
    const at = y * width + x;
    if (inverse[at] !== 0) values[at] = Math.max(LEAST, meanRound(raw, inverse, width, height, x, y));
  }
}

function meanRound(
  raw: Float32Array,
  inverse: Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
): number {
  const here = inverse[y * width + x] as number;
  const slack = 0.04 * here;
  const left = Math.max(0, x - 2);
  const right = Math.min(width, x + 2);
  const end = Math.min(height, y + 2) * width;
  let sum = 0;
  let weight = 0;
  for (let row = Math.max(0, y - 2) * width; row < end; row += width)
    for (let k = row + left; k < row + right; k++) {
      if (Math.abs((inverse[k] as number) - here) > slack) continue;
      sum += raw[k] as number;
      weight += 1;
    }
  return sum / weight;
}

/** Looks up how open each point's pixel is. */
export function openness(f: Fragments, open: Openness, pictureWidth: number): void {
  const { count, pixel, free } = f;
  const { width, height, values } = open;
  const over = 1 / pictureWidth;
  for (let i = 0; i < count; i++) {
    const at = pixel[i] as number;
    const y = ((at + 0.5) * over) | 0;
    const x = at - y * pictureWidth;
    free[i] = values[Math.min(height - 1, y >> 1) * width + Math.min(width - 1, x >> 1)] as number;
  }
}
