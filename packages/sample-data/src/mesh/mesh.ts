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
  const at = (i: number) => knots[Math.min(last, Math.max(0, i))] as readonly [number, number];
  if (x <= at(0)[0]) return at(0)[1];
  if (x >= at(last)[0]) return at(last)[1];
  let i = 0;
  while (at(i + 1)[0] < x) i++;
  const [[x0, y0], [x1, y1]] = [at(i), at(i + 1)];
  const slope = (k: number): number => {
    const [a, b] = [at(k - 1), at(k + 1)];
    return b[0] === a[0] ? 0 : (b[1] - a[1]) / (b[0] - a[0]);
  };
  const h = x1 - x0;
  const t = (x - x0) / h;
  const secant = (y1 - y0) / h;
  const tame = (m: number): number =>
    secant === 0
      ? 0
      : Math.sign(m) === Math.sign(secant)
        ? Math.sign(m) * Math.min(Math.abs(m), 3 * Math.abs(secant))
        : 0;
  const [m0, m1] = [tame(slope(i)) * h, tame(slope(i + 1)) * h];
  return (
    y0 * (2 * t ** 3 - 3 * t ** 2 + 1) +
    m0 * (t ** 3 - 2 * t ** 2 + t) +
    y1 * (3 * t ** 2 - 2 * t ** 3) +
    m1 * (t ** 3 - t ** 2)
  );
}
