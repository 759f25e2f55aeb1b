import type { Mesh, Vec3 } from './mesh.ts';

export type SurfaceOptions = {
  /** Cells along u and v. */
  nu: number;
  nv: number;
  /** Where (u, v) lies in the texture; there itself by default. */
  uv?: (u: number, v: number) => readonly [number, number];
  /** Turns the normals round, for shapes whose u × v points inwards. */
  flip?: boolean;
};

const STEP = 1e-3;

/**
 * Mesh of a parametric surface (u, v) ∈ [0, 1]² → point. Normals and tangents come from central differences of
 * the function itself, so that two patches of one shape meet without a seam.
 */
export function surface(at: (u: number, v: number) => Vec3, options: SurfaceOptions): Mesh {
  const { nu, nv, flip } = options;
  const count = (nu + 1) * (nv + 1);
  const mesh: Mesh = {
    positions: new Float32Array(count * 3),
    normals: new Float32Array(count * 3),
    tangents: new Float32Array(count * 3),
    uvs: new Float32Array(count * 2),
    triangles: new Uint32Array(nu * nv * 6),
  };
  let k = 0;
  for (let j = 0; j <= nv; j++)
    for (let i = 0; i <= nu; i++, k++) {
      const [u, v] = [i / nu, j / nv];
      const p = at(u, v);
      const [a, b, c, d] = [at(u + STEP, v), at(u - STEP, v), at(u, v + STEP), at(u, v - STEP)];
      const [tx, ty, tz] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
      const [sx, sy, sz] = [c[0] - d[0], c[1] - d[1], c[2] - d[2]];
      let [nx, ny, nz] = [ty * sz - tz * sy, tz * sx - tx * sz, tx * sy - ty * sx];
      const length = (Math.hypot(nx, ny, nz) || 1) * (flip ? -1 : 1);
      [nx, ny, nz] = [nx / length, ny / length, nz / length];
      mesh.positions.set(p, k * 3);
      mesh.normals.set([nx, ny, nz], k * 3);
      mesh.tangents.set([tx / (2 * STEP), ty / (2 * STEP), tz / (2 * STEP)], k * 3);
      mesh.uvs.set(options.uv?.(u, v) ?? [u, v], k * 2);
    }
  fillTriangles(mesh.triangles, nu, nv, flip);
  return mesh;
}

function fillTriangles(triangles: Uint32Array, nu: number, nv: number, flip = false): void {
  let t = 0;
  for (let j = 0; j < nv; j++)
    for (let i = 0; i < nu; i++) {
      const a = j * (nu + 1) + i;
      const [b, c, d] = [a + 1, a + nu + 2, a + nu + 1];
      triangles.set(flip ? [a, c, b, a, d, c] : [a, b, c, a, c, d], t);
      t += 6;
    }
}
