import { add, cross, curve, type Mesh, minus, times, unit, type Vec3 } from './mesh.ts';
import { type SurfaceOptions, surface } from './surface.ts';

type Knots = readonly (readonly [number, number])[];
const TURN = Math.PI * 2;
const power = (x: number, e: number): number => Math.sign(x) * Math.abs(x) ** e;

/** Surface of revolution round z: `profile` gives radius by height share v (0 = top) and `z` the height. u = 0 lies at the back. */
export function lathe(radius: Knots, z: (v: number) => number, options: Partial<SurfaceOptions> = {}): Mesh {
  return surface(
    (u, v) => {
      const angle = Math.PI / 2 + u * TURN;
      const r = curve(radius, v);
      return [Math.cos(angle) * r, Math.sin(angle) * r, z(v)];
    },
    { nu: 48, nv: 40, flip: true, ...options },
  );
}

/** A flat disc of radius r at height z, facing up; its texture as seen from above with the far side on top. */
export function disc(r: number, z: number): Mesh {
  const mesh = surface((u, v) => [Math.cos(u * TURN) * r * v, Math.sin(u * TURN) * r * v, z], {
    nu: 40,
    nv: 4,
    flip: true,
  });
  return painted(mesh, (x, y) => [0.5 + x / (2 * r), 0.5 - y / (2 * r)]);
}

/** Texture coordinates from the position instead of the surface's own u, v. */
export function painted(
  mesh: Mesh,
  uv: (x: number, y: number, z: number) => readonly [number, number],
): Mesh {
  const p = mesh.positions;
  for (let i = 0; i < p.length / 3; i++) {
    const [u, v] = uv(p[i * 3] as number, p[i * 3 + 1] as number, p[i * 3 + 2] as number);
    mesh.uvs[i * 2] = u;
    mesh.uvs[i * 2 + 1] = v;
  }
  return mesh;
}

/** Tube of radius `r(t)` round a path t ∈ [0, 1] → point. Errors: none; a path must not stand still. */
export function tube(
  path: (t: number) => Vec3,
  r: (t: number) => number,
  options: Partial<SurfaceOptions> & { flat?: number } = {},
): Mesh {
  const flat = options.flat ?? 1;
  return surface(
    (u, v) => {
      const t = Math.min(1, Math.max(0, v));
      const forward = unit(minus(path(t + 0.004), path(t - 0.004)));
      const helper: Vec3 = Math.abs(forward[1]) > 0.9 ? [1, 0, 0] : [0, 1, 0];
      const side = unit(cross(helper, forward));
      const up = cross(forward, side);
      const [c, s] = [Math.cos(u * TURN), Math.sin(u * TURN)];
      // A little of v goes on along the path, so that differences at the ends see a direction.
      return add(add(add(path(t), times(forward, v - t)), times(side, c * r(t))), times(up, s * r(t) * flat));
    },
    { nu: 12, nv: 28, ...options },
  );
}

/** Ball or any rounded box (superellipsoid, Barr 1981): `round` 1 = ellipsoid, near 0 = box. Half sizes in `half`. */
export function blob(middle: Vec3, half: Vec3, round = 1, options: Partial<SurfaceOptions> = {}): Mesh {
  return surface(
    (u, v) => {
      const a = Math.PI / 2 + u * TURN;
      const b = Math.PI / 2 - v * Math.PI;
      return [
        middle[0] + half[0] * power(Math.cos(a), round) * power(Math.cos(b), round),
        middle[1] + half[1] * power(Math.sin(a), round) * power(Math.cos(b), round),
        middle[2] + half[2] * power(Math.sin(b), round),
      ];
    },
    { nu: 40, nv: 28, flip: true, ...options },
  );
}

/** Rectangle from its upper left corner along two edges; it faces the side from which `across` runs right and `down` runs down. */
export function sheet(corner: Vec3, across: Vec3, down: Vec3, cells = 1, uv?: SurfaceOptions['uv']): Mesh {
  return surface((u, v) => add(corner, add(times(across, u), times(down, v))), {
    nu: cells,
    nv: cells,
    flip: true,
    ...(uv ? { uv } : {}),
  });
}
