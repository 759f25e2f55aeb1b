import { cross, unit, type Vec3 } from '../mesh/mesh.ts';
import type { Geometry } from './geometry.ts';

/** Mean and mean square of the depth from the lamp, blurred: variance shadow map (Donnelly & Lauritzen 2006). */
export type Shadow = {
  size: number;
  moments: Float32Array;
  /** World → map: right, up and forward axes with offset; pixels and depth units. */
  axes: Float64Array;
};
const SIZE = 640;
const EMPTY = 1e3;

/** Depths seen from the lamp over everything that casts; `soft` 0…1 is the blur. */
export function shadowOf(all: Geometry, from: Vec3, soft: number): Shadow {
  const axes = axesFor(all, from);
  const depth = new Float32Array(SIZE * SIZE).fill(EMPTY);
  const flat = new Float32Array(all.vertices * 3);
  for (let n = 0; n < all.vertices; n++)
    for (let r = 0; r < 3; r++) {
      const k = r * 4;
      flat[n * 3 + r] =
        (axes[k] as number) * (all.world[n * 3] as number) +
        (axes[k + 1] as number) * (all.world[n * 3 + 1] as number) +
        (axes[k + 2] as number) * (all.world[n * 3 + 2] as number) +
        (axes[k + 3] as number);
    }
  // What only receives is drawn too: an empty place would count as a shadow behind the deepest caster.
  for (let t = 0; t < all.casts.length; t++) fill(depth, flat, all.triangles, t);
  return { size: SIZE, moments: blurred(depth, 1 + Math.round(soft * 26)), axes };
}

function axesFor(all: Geometry, from: Vec3): Float64Array {
  const forward = unit([-from[0], -from[1], -from[2]]);
  const right = unit(cross(forward, Math.abs(forward[2]) > 0.99 ? [0, 1, 0] : [0, 0, 1]));
  const up = cross(right, forward);
  const [low, high] = [
    [Infinity, Infinity],
    [-Infinity, -Infinity],
  ];
  for (let t = 0; t < all.casts.length; t++) {
    if (!all.casts[t]) continue;
    for (let k = 0; k < 3; k++) {
      const n = (all.triangles[t * 3 + k] as number) * 3;
      const p: Vec3 = [all.world[n] as number, all.world[n + 1] as number, all.world[n + 2] as number];
      [right, up].forEach((axis, i) => {
        const d = p[0] * axis[0] + p[1] * axis[1] + p[2] * axis[2];
        low[i] = Math.min(low[i] as number, d);
        high[i] = Math.max(high[i] as number, d);
      });
    }
  }
  const margin = 64;
  const span = Math.max(
    (high[0] as number) - (low[0] as number),
    (high[1] as number) - (low[1] as number),
    1e-3,
  );
  const s = (SIZE - 2 * margin) / span;
  return Float64Array.from([
    ...right.map((x) => x * s),
    margin - (low[0] as number) * s,
    ...up.map((x) => x * s),
    margin - (low[1] as number) * s,
    ...forward,
    0,
  ]);
}

function fill(depth: Float32Array, p: Float32Array, triangles: Uint32Array, t: number): void {
  const [a, b, c] = [
    (triangles[t * 3] as number) * 3,
    (triangles[t * 3 + 1] as number) * 3,
    (triangles[t * 3 + 2] as number) * 3,
  ];
  const [ax, ay, az, bx, by, bz, cx, cy, cz] = [
    p[a] as number,
    p[a + 1] as number,
    p[a + 2] as number,
    p[b] as number,
    p[b + 1] as number,
    p[b + 2] as number,
    p[c] as number,
    p[c + 1] as number,
    p[c + 2] as number,
  ];
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (area === 0) return;
  const over = 1 / area;
  const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx)));
  const right = Math.min(SIZE - 1, Math.floor(Math.max(ax, bx, cx)));
  const top = Math.max(0, Math.ceil(Math.min(ay, by, cy)));
  const bottom = Math.min(SIZE - 1, Math.floor(Math.max(ay, by, cy)));
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) {
      const wb = ((x - ax) * (cy - ay) - (y - ay) * (cx - ax)) * over;
      const wc = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) * over;
      if (wb < 0 || wc < 0 || wb + wc > 1) continue;
      const z = az + wb * (bz - az) + wc * (cz - az);
      if (z < (depth[y * SIZE + x] as number)) depth[y * SIZE + x] = z;
    }
}

/** Mean and mean square by two passes of a running sum; empty places count as far, as deep as the deepest. */
function blurred(depth: Float32Array, radius: number): Float32Array {
  let far = -Infinity;
  for (const d of depth) if (d < EMPTY && d > far) far = d;
  const moments = new Float32Array(SIZE * SIZE * 2);
  depth.forEach((d, i) => {
    const z = d < EMPTY ? d : far;
    moments[i * 2] = z;
    moments[i * 2 + 1] = z * z;
  });
  const line = new Float32Array(SIZE * 2);
  for (const [step, next] of [
    [2, SIZE * 2],
    [SIZE * 2, 2],
    [2, SIZE * 2],
    [SIZE * 2, 2],
  ] as const)
    for (let l = 0; l < SIZE; l++) box(moments, line, { first: l * next, step, radius });
  return moments;
}

function box(
  values: Float32Array,
  line: Float32Array,
  how: { first: number; step: number; radius: number },
): void {
  const { first, step, radius } = how;
  const at = (i: number): number => first + Math.min(SIZE - 1, Math.max(0, i)) * step;
  let [one, two] = [0, 0];
  for (let i = -radius; i <= radius; i++) {
    one += values[at(i)] as number;
    two += values[at(i) + 1] as number;
  }
  const share = 1 / (2 * radius + 1);
  for (let i = 0; i < SIZE; i++) {
    line[i * 2] = one * share;
    line[i * 2 + 1] = two * share;
    one += (values[at(i + radius + 1)] as number) - (values[at(i - radius)] as number);
    two += (values[at(i + radius + 1) + 1] as number) - (values[at(i - radius) + 1] as number);
  }
  for (let i = 0; i < SIZE; i++) {
    values[at(i)] = line[i * 2] as number;
    values[at(i) + 1] = line[i * 2 + 1] as number;
  }
}

/** Share of the lamp's light that reaches a world point, 0..1, by Chebyshev's bound, light bleeding cut off. */
export function lit(shadow: Shadow, x: number, y: number, z: number): number {
  const a = shadow.axes;
  const sx = (a[0] as number) * x + (a[1] as number) * y + (a[2] as number) * z + (a[3] as number);
  const sy = (a[4] as number) * x + (a[5] as number) * y + (a[6] as number) * z + (a[7] as number);
  const ix = Math.floor(sx);
  const iy = Math.floor(sy);
  if (ix < 0 || iy < 0 || ix >= SIZE - 1 || iy >= SIZE - 1) return 1;
  const d = (a[8] as number) * x + (a[9] as number) * y + (a[10] as number) * z;
  const [fx, fy] = [sx - ix, sy - iy];
  const m = shadow.moments;
  const k = (iy * SIZE + ix) * 2;
  const l = k + SIZE * 2;
  const w00 = (1 - fx) * (1 - fy),
    w10 = fx * (1 - fy),
    w01 = (1 - fx) * fy,
    w11 = fx * fy;
  const mean =
    w00 * (m[k] as number) + w10 * (m[k + 2] as number) + w01 * (m[l] as number) + w11 * (m[l + 2] as number);
  const behind = d - mean - 0.012;
  if (behind <= 0) return 1;
  const square =
    w00 * (m[k + 1] as number) +
    w10 * (m[k + 3] as number) +
    w01 * (m[l + 1] as number) +
    w11 * (m[l + 3] as number);
  const variance = Math.max(1e-5, square - mean * mean);
  const p = variance / (variance + behind * behind);
  return p < 0.3 ? 0 : (p - 0.3) / 0.7;
}
