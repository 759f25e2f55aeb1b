import type { Geometry } from './geometry.ts';
import type { Visibility } from './rasterise.ts';
import type { Camera } from './scene.ts';

const TAPS = 10;
const GOLDEN = 2.399963;
/** Sixteen turns of one spiral, a unit disc: pixels of a 4 × 4 tile use different ones, the blur brings them together. */
const SPIRAL = Float32Array.from({ length: 16 * TAPS * 2 }, (_, i) => {
  const tap = (i >> 1) % TAPS;
  const angle = tap * GOLDEN + Math.floor(i / (TAPS * 2)) * 0.3927;
  return Math.sqrt((tap + 0.5) / TAPS) * (i & 1 ? Math.sin(angle) : Math.cos(angle));
});

/**
 * Ambient occlusion in screen space at half size: of a spiral of taps round each pixel, the share that lies before
 * the surface's plane (after Alchemy AO, McGuire 2011), then blurred 4 × 4 within one surface. 1 = open, 0 = closed in.
 */
export function occlusionOf(
  all: Geometry,
  seen: Visibility,
  camera: Camera,
  radius: number,
): { width: number; values: Float32Array } {
  const [width, height] = [seen.width >> 1, seen.height >> 1];
  const scale = camera.focal * seen.height;
  const raw = new Float32Array(width * height).fill(1);
  const { inverse, triangle } = seen;
  const { screen, triangles } = all;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * 2 * seen.width + x * 2;
      const t = triangle[at] as number;
      if (t < 0) continue;
      // 1 / depth is linear over the picture: the triangle's slopes give its plane everywhere.
      const a = (triangles[t * 3] as number) * 3;
      const b = (triangles[t * 3 + 1] as number) * 3;
      const c = (triangles[t * 3 + 2] as number) * 3;
      const ax = screen[a] as number;
      const ay = screen[a + 1] as number;
      const ai = screen[a + 2] as number;
      const ux = (screen[b] as number) - ax;
      const uy = (screen[b + 1] as number) - ay;
      const ui = (screen[b + 2] as number) - ai;
      const vx = (screen[c] as number) - ax;
      const vy = (screen[c + 1] as number) - ay;
      const vi = (screen[c + 2] as number) - ai;
      const over = 1 / (ux * vy - uy * vx);
      const gx = (ui * vy - uy * vi) * over;
      const gy = (ux * vi - ui * vx) * over;
      const here = inverse[at] as number;
      const depth = 1 / here;
      const reach = Math.min(90, radius * scale * here);
      if (reach < 1.5) continue;
      const turn = ((x & 3) * 4 + (y & 3)) * TAPS * 2;
      let closed = 0;
      for (let k = 0; k < TAPS; k++) {
        const dx = ((SPIRAL[turn + k * 2] as number) * reach) | 0;
        const dy = ((SPIRAL[turn + k * 2 + 1] as number) * reach) | 0;
        const px = x * 2 + dx;
        const py = y * 2 + dy;
        if (px < 0 || py < 0 || px >= seen.width || py >= seen.height) continue;
        const there = inverse[py * seen.width + px] as number;
        const plane = here + gx * dx + gy * dy;
        const before = (there - plane) * depth * depth;
        if (before > 0.002 && there > 0) closed += before < radius ? 1 : radius / before / 2;
      }
      raw[y * width + x] = 1 - closed / TAPS;
    }
  return { width, values: blurred(raw, seen, width, height) };
}

function blurred(raw: Float32Array, seen: Visibility, width: number, height: number): Float32Array {
  const result = new Float32Array(raw.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const here = seen.inverse[y * 2 * seen.width + x * 2] as number;
      let sum = 0;
      let weight = 0;
      for (let j = Math.max(0, y - 2); j < Math.min(height, y + 2); j++)
        for (let i = Math.max(0, x - 2); i < Math.min(width, x + 2); i++) {
          const there = seen.inverse[j * 2 * seen.width + i * 2] as number;
          if (Math.abs(there - here) > 0.04 * here) continue;
          sum += raw[j * width + i] as number;
          weight += 1;
        }
      result[y * width + x] = weight > 0 ? sum / weight : 1;
    }
  return result;
}
