import type { Geometry } from './geometry.ts';

/** What is seen at each pixel: 1 / depth (0 = nothing) and the number of the triangle (-1 = nothing). */
export type Visibility = { width: number; height: number; inverse: Float32Array; triangle: Int32Array };

/**
 * Which triangle is nearest at each pixel's middle: half-space test with edge functions (Pineda 1988) and a buffer
 * of 1 / depth, which is linear over the picture. Triangles that reach behind the camera are left out.
 */
export function rasterise(all: Geometry, width: number, height: number): Visibility {
  const inverse = new Float32Array(width * height);
  const triangle = new Int32Array(width * height).fill(-1);
  const { screen, triangles } = all;
  for (let t = 0; t < triangles.length / 3; t++) {
    const [a, b, c] = [
      (triangles[t * 3] as number) * 3,
      (triangles[t * 3 + 1] as number) * 3,
      (triangles[t * 3 + 2] as number) * 3,
    ];
    const [ia, ib, ic] = [screen[a + 2] as number, screen[b + 2] as number, screen[c + 2] as number];
    if (ia === 0 || ib === 0 || ic === 0) continue;
    const [ax, ay, bx, by, cx, cy] = [
      screen[a] as number,
      screen[a + 1] as number,
      screen[b] as number,
      screen[b + 1] as number,
      screen[c] as number,
      screen[c + 1] as number,
    ];
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    if (area === 0) continue;
    const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
    const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
    const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
    const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
    if (left > right || top > bottom) continue;
    const over = 1 / area;
    // Barycentric weights of b and c, and what they change by from pixel to pixel.
    const [bdx, bdy] = [(cy - ay) * over, -(cx - ax) * over];
    const [cdx, cdy] = [-(by - ay) * over, (bx - ax) * over];
    const idx = bdx * (ib - ia) + cdx * (ic - ia);
    for (let y = top; y <= bottom; y++) {
      const [px, py] = [left + 0.5 - ax, y + 0.5 - ay];
      let wb = bdx * px + bdy * py;
      let wc = cdx * px + cdy * py;
      let i = ia + wb * (ib - ia) + wc * (ic - ia);
      for (let x = left, at = y * width + left; x <= right; x++, at++) {
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
  return { width, height, inverse, triangle };
}
