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
  const { positions, normals, tangents, uvs } = mesh;
  let k = 0;
  for (let j = 0; j <= nv; j++)
    for (let i = 0; i <= nu; i++, k++) {
      const u = i / nu;
      const v = j / nv;
      const p = at(u, v);
      const a = at(u + STEP, v);
      const b = at(u - STEP, v);
      const c = at(u, v + STEP);
      const d = at(u, v - STEP);
      const tx = a[0] - b[0];
      const ty = a[1] - b[1];
      const tz = a[2] - b[2];
      const sx = c[0] - d[0];
      const sy = c[1] - d[1];
      const sz = c[2] - d[2];
      const nx = ty * sz - tz * sy;
      const ny = tz * sx - tx * sz;
      const nz = tx * sy - ty * sx;
      const over = (flip ? -1 : 1) / (Math.sqrt(nx * nx + ny * ny + nz * nz) || 1);
      const o = k * 3;
      positions[o] = p[0];
      positions[o + 1] = p[1];
      positions[o + 2] = p[2];
      normals[o] = nx * over;
      normals[o + 1] = ny * over;
      normals[o + 2] = nz * over;
      tangents[o] = tx / (2 * STEP);
      tangents[o + 1] = ty / (2 * STEP);
      tangents[o + 2] = tz / (2 * STEP);
      const place = options.uv?.(u, v);
      uvs[k * 2] = place ? place[0] : u;
      uvs[k * 2 + 1] = place ? place[1] : v;
    }
  fillTriangles(mesh.triangles, nu, nv, flip);
  return mesh;
}

function fillTriangles(triangles: Uint32Array, nu: number, nv: number, flip = false): void {
  let t = 0;
  for (let j = 0; j < nv; j++)
    for (let i = 0; i < nu; i++) {
      const a = j * (nu + 1) + i;
      const c = a + nu + 2;
      const d = a + nu + 1;
      triangles[t] = a;
      triangles[t + 1] = flip ? c : a + 1;
      triangles[t + 2] = flip ? a + 1 : c;
      triangles[t + 3] = a;
      triangles[t + 4] = flip ? d : c;
      triangles[t + 5] = flip ? c : d;
      t += 6;
    }
}
