/** A point or direction: x to the right, y away from the camera, z up; one unit is about the size of the good. */
export type Vec3 = readonly [number, number, number];

/**
 * Triangles with what shading needs at each vertex: position, unit normal, tangent (∂P/∂u, not normalised
 * to keep it cheap: shading does) and texture coordinates u, v in 0..1 (v from the picture's top).
 */
export type Mesh = {
  positions: Float32Array;
  normals: Float32Array;
  tangents: Float32Array;
  uvs: Float32Array;
  triangles: Uint32Array;
};

export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const times = (a: Vec3, by: number): Vec3 => [a[0] * by, a[1] * by, a[2] * by];
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const unit = (a: Vec3): Vec3 => times(a, 1 / Math.max(1e-9, Math.hypot(...a)));
export const mix = (a: number, b: number, t: number): number => a + (b - a) * t;
export const clamp01 = (x: number): number => Math.min(1, Math.max(0, x));
/** Power of a number that may be a hair below zero at a surface's edge. */
export const root = (x: number, e: number): number => (x <= 0 ? 0 : x ** e);
/** Hermite step from 0 below `from` to 1 above `to`. */
export const smooth = (from: number, to: number, x: number): number => {
  const t = clamp01((x - from) / (to - from));
  return t * t * (3 - 2 * t);
};

/** Value at x of a curve given by its knots (x rising), monotone cubic between them (Fritsch & Carlson 1980, simplified by centred slopes). */
export function curve(knots: readonly (readonly [number, number])[], x: number): number {
  const last = knots.length - 1;
  const first = knots[0] as readonly [number, number];
  const end = knots[last] as readonly [number, number];
  if (x <= first[0]) return first[1];
  if (x >= end[0]) return end[1];
  let i = 0;
  while ((knots[i + 1] as readonly [number, number])[0] < x) i++;
  const from = knots[i] as readonly [number, number];
  const to = knots[i + 1] as readonly [number, number];
  const h = to[0] - from[0];
  const t = (x - from[0]) / h;
  const secant = (to[1] - from[1]) / h;
  const m0 = tame(slope(i === 0 ? from : (knots[i - 1] as readonly [number, number]), to), secant) * h;
  const m1 = tame(slope(from, i + 1 === last ? to : (knots[i + 2] as readonly [number, number])), secant) * h;
  const t2 = t * t;
  const t3 = t2 * t;
  return (
    from[1] * (2 * t3 - 3 * t2 + 1) + m0 * (t3 - 2 * t2 + t) + to[1] * (3 * t2 - 2 * t3) + m1 * (t3 - t2)
  );
}

const slope = (a: readonly [number, number], b: readonly [number, number]): number =>
  b[0] === a[0] ? 0 : (b[1] - a[1]) / (b[0] - a[0]);

/** A slope that cannot make the curve overshoot its knots. */
function tame(m: number, secant: number): number {
  if (secant === 0 || m > 0 !== secant > 0) return 0;
  const most = 3 * Math.abs(secant);
  return m > most ? most : m < -most ? -most : m;
}
