import { type Mesh, mix, type Vec3 } from '../../mesh/mesh.ts';
import { blob, lathe, sheet, tube } from '../../mesh/shapes.ts';
import { surface } from '../../mesh/surface.ts';
import type { Part } from '../../render/scene.ts';
import { PLAIN, type Rgb, type Skin } from '../../render/skin.ts';
import { LINEAR } from '../../render/texture.ts';
import type { Material } from '../surfaces/materials.ts';
import { rgbOf } from '../surfaces/paints.ts';

/** Linear light of an sRGB colour '#rrggbb'. */
export const lightOf = (hex: string): Rgb => rgbOf(hex).map((c) => LINEAR[c] as number) as unknown as Rgb;

/** A paint, cloth or plastic of one colour. */
export const painted = (hex: string, more: Partial<Skin> = {}): Skin => ({
  ...PLAIN,
  colour: lightOf(hex),
  lining: lightOf(hex).map((c) => c * 0.4) as unknown as Rgb,
  rough: 0.7,
  ...more,
});

/** Many meshes of one skin as one. */
export function joined(meshes: readonly Mesh[]): Mesh {
  const count = (of: (mesh: Mesh) => number): number => meshes.reduce((sum, mesh) => sum + of(mesh), 0);
  const all: Mesh = {
    positions: new Float32Array(count((m) => m.positions.length)),
    normals: new Float32Array(count((m) => m.normals.length)),
    tangents: new Float32Array(count((m) => m.tangents.length)),
    uvs: new Float32Array(count((m) => m.uvs.length)),
    triangles: new Uint32Array(count((m) => m.triangles.length)),
  };
  let [vertex, at] = [0, 0];
  for (const mesh of meshes) {
    all.positions.set(mesh.positions, vertex * 3);
    all.normals.set(mesh.normals, vertex * 3);
    all.tangents.set(mesh.tangents, vertex * 3);
    all.uvs.set(mesh.uvs, vertex * 2);
    for (const index of mesh.triangles) all.triangles[at++] = index + vertex;
    vertex += mesh.positions.length / 3;
  }
  return all;
}

/** A box with sharp edges, without its underside: sizes [x, y, z], middle of its foot; texture in sizes / `tile`. */
export function box([w, d, h]: Vec3, [x, y, z]: Vec3 = [0, 0, 0], tile = 1): Mesh {
  const side = (corner: Vec3, across: Vec3, down: Vec3): Mesh =>
    sheet(corner, across, down, 1, (u, v) => [
      (u * Math.hypot(...across)) / tile,
      (v * Math.hypot(...down)) / tile,
    ]);
  const [l, r, n, f, t] = [x - w / 2, x + w / 2, y - d / 2, y + d / 2, z + h];
  return joined([
    side([l, n, t], [w, 0, 0], [0, 0, -h]),
    side([r, f, t], [-w, 0, 0], [0, 0, -h]),
    side([l, f, t], [0, -d, 0], [0, 0, -h]),
    side([r, n, t], [0, d, 0], [0, 0, -h]),
    side([l, f, t], [w, 0, 0], [0, -d, 0]),
  ]);
}

/** A soft block: cushion, mattress, upholstery. Middle of its foot. */
export const cushion = ([w, d, h]: Vec3, [x, y, z]: Vec3, round = 0.35): Mesh =>
  blob([x, y, z + h / 2], [w / 2, d / 2, h / 2], round, { nu: 20, nv: 14 });

/** An upright turned form: radii by height share from the top (0) to the foot (1). */
export const turned = (
  radii: readonly (readonly [number, number])[],
  high: number,
  [x, y, z]: Vec3 = [0, 0, 0],
): Mesh =>
  moved(
    lathe(radii, (v) => high * (1 - v), { nu: 22, nv: 16 }),
    [x, y, z],
  );

export function moved(mesh: Mesh, by: Vec3): Mesh {
  return { ...mesh, positions: mesh.positions.map((value, i) => value + (by[i % 3] as number)) };
}

/** A straight round bar that may taper. */
export const bar = (from: Vec3, to: Vec3, r: number, end = r, nu = 8): Mesh =>
  tube(
    (t) => [mix(from[0], to[0], t), mix(from[1], to[1], t), mix(from[2], to[2], t)],
    (t) => mix(r, end, t),
    { nu, nv: 2 },
  );

/** A rough ball, as of leaves: radius r, `lumps` of relief. */
export function clump([x, y, z]: Vec3, r: number, phase: number): Mesh {
  return surface(
    (u, v) => {
      const [a, b] = [u * Math.PI * 2, (0.5 - v) * Math.PI];
      const k =
        r *
        (1 +
          0.13 * Math.sin(a * 5 + phase) * Math.cos(b * 4 + phase) +
          0.09 * Math.sin(a * 11 - phase * 2) * Math.sin(b * 9 + phase));
      return [
        x + k * Math.cos(a) * Math.cos(b),
        y + k * Math.sin(a) * Math.cos(b),
        z + 0.85 * k * Math.sin(b),
      ];
    },
    { nu: 18, nv: 12, flip: true, uv: (u, v) => [u * 3, v * 2] },
  );
}

/**
 * Level ground at height z, `half` metres to each side and from y = `from` to `to`. Cells are small near the origin,
 * where the camera stands: a triangle that reaches behind the camera is not drawn.
 */
export function ground(material: Material, half: number, z = 0, from = -half, to = half): Part {
  const warped = (s: number, low: number, high: number): number =>
    low < 0 && high > 0 ? (s < 0.5 ? low * (1 - 2 * s) ** 2 : high * (2 * s - 1) ** 2) : mix(low, high, s);
  return {
    mesh: surface((u, v) => [warped(u, -half, half), warped(1 - v, from, to), z], {
      nu: 40,
      nv: 48,
      flip: true,
      uv: (u, v) => [warped(u, -half, half) / material.tile, warped(1 - v, from, to) / material.tile],
    }),
    skin: material.skin,
  };
}

/** An upright wall that faces the camera at depth y, from x0 to x1 and z0 to z1. */
export function wall(
  material: Material,
  [x0, x1]: readonly [number, number],
  y: number,
  [z0, z1]: readonly [number, number],
): Part {
  const [w, h] = [x1 - x0, z1 - z0];
  return {
    mesh: sheet([x0, y, z1], [w, 0, 0], [0, 0, -h], 10, (u, v) => [
      (u * w) / material.tile,
      (v * h) / material.tile,
    ]),
    skin: material.skin,
  };
}
