import type { Vec3 } from './mesh.ts';

/** Row-major 3 × 4: rotation and uniform scale, then a shift. */
export type Placement = Float64Array;

const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];
export const here: Placement = Float64Array.from(IDENTITY);

/** Scale, then turn by yaw (round z), pitch (round x), roll (round y), radians, then move. */
export function place(how: {
  scale?: number;
  yaw?: number;
  pitch?: number;
  roll?: number;
  to?: Vec3;
}): Placement {
  const { scale = 1, yaw = 0, pitch = 0, roll = 0, to = [0, 0, 0] } = how;
  const [cy, sy, cp, sp, cr, sr] = [
    Math.cos(yaw),
    Math.sin(yaw),
    Math.cos(pitch),
    Math.sin(pitch),
    Math.cos(roll),
    Math.sin(roll),
  ];
  const z = [cy, -sy, 0, sy, cy, 0, 0, 0, 1];
  const x = [1, 0, 0, 0, cp, -sp, 0, sp, cp];
  const y = [cr, 0, sr, 0, 1, 0, -sr, 0, cr];
  const m = product(product(x, y), z);
  return Float64Array.from(
    [0, 1, 2].flatMap((r) => [...[0, 1, 2].map((c) => (m[r * 3 + c] ?? 0) * scale), to[r] ?? 0]),
  );
}

/** First `inner`, then `outer`. */
export function after(outer: Placement, inner: Placement): Placement {
  const result = new Float64Array(12);
  for (let r = 0; r < 3; r++)
    for (let c = 0; c < 4; c++) {
      let sum = c === 3 ? (outer[r * 4 + 3] ?? 0) : 0;
      for (let k = 0; k < 3; k++) sum += (outer[r * 4 + k] ?? 0) * (inner[k * 4 + c] ?? 0);
      result[r * 4 + c] = sum;
    }
  return result;
}

export function moved(p: Placement, [x, y, z]: Vec3): Vec3 {
  const row = (r: number): number =>
    (p[r] ?? 0) * x + (p[r + 1] ?? 0) * y + (p[r + 2] ?? 0) * z + (p[r + 3] ?? 0);
  return [row(0), row(4), row(8)];
}

function product(a: number[], b: number[]): number[] {
  return [0, 1, 2].flatMap((r) =>
    [0, 1, 2].map((c) => [0, 1, 2].reduce((sum, k) => sum + (a[r * 3 + k] ?? 0) * (b[k * 3 + c] ?? 0), 0)),
  );
}
