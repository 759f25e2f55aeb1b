import type { Geometry } from './geometry.ts';
import { kept } from './kept.ts';

/** What is seen at each pixel: 1 / depth (0 = nothing) and the number of the triangle (-1 = nothing). */
export type Visibility = { width: number; height: number; inverse: Float32Array; triangle: Int32Array };
const room = { inverse: kept(Float32Array), triangle: kept(Int32Array) };

/**
 * Which triangle is nearest at each pixel's middle: half-space test with edge functions (Pineda 1988) and a buffer
 * of 1 / depth, which is linear over the picture. Triangles that reach behind the camera are left out.
 */
export function rasterise(all: Geometry, width: number, height: number): Visibility {
  const seen = {
    width,
    height,
    inverse: room.inverse(width * height).fill(0),
    triangle: room.triangle(width * height).fill(-1),
  };
  const count = all.triangles.length / 3;
  for (let t = 0; t < count; t++) fill(all, t, seen);
  return seen;
}

/** One triangle. A function of its own, as every inner loop here: V8 throws away code that it made for a loop in a loop. */
function fill(all: Geometry, t: number, seen: Visibility): void {
  const { screen, triangles } = all;
  const { width, height, inverse, triangle } = seen;
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
  const left = Math.max(0, Math.ceil(ax + Math.min(0, bx, cx) - 0.5));
  const right = Math.min(width - 1, Math.floor(ax + Math.max(0, bx, cx) - 0.5));
  const top = Math.max(0, Math.ceil(ay + Math.min(0, by, cy) - 0.5));
  const bottom = Math.min(height - 1, Math.floor(ay + Math.max(0, by, cy) - 0.5));
  if (left > right || top > bottom) return;
  const over = 1 / area;
  // Barycentric weights of b and c, and what they and 1 / depth change by from pixel to pixel.
  const bdx = cy * over;
  const bdy = -cx * over;
  const cdx = -by * over;
  const cdy = bx * over;
  const idx = bdx * ib + cdx * ic;
  const px = left + 0.5 - ax;
  for (let y = top; y <= bottom; y++) {
    const py = y + 0.5 - ay;
    let wb = bdx * px + bdy * py;
    let wc = cdx * px + cdy * py;
    let i = ia + wb * ib + wc * ic;
    const end = y * width + right;
    for (let at = y * width + left; at <= end; at++) {
      if (wb >= 0 && wc >= 0 && wb + wc <= 1 && i > (inverse[at] as number)) {
        inverse[at] = i;
        triangle[at] = t;
      }
      wb += bdx;
      wc += cdx;
      i += idx;
    }
  }
}
