import { cross, minus, unit } from '../mesh/mesh.ts';
import type { Placement } from '../mesh/place.ts';
import type { Actor, Camera } from './scene.ts';
import type { Skin } from './skin.ts';

/** All triangles of a scene in the world, with the picture's coordinates of their vertices. */
export type Geometry = {
  vertices: number;
  /** World positions, normals, tangents (x, y, z each) and texture coordinates. */
  world: Float32Array;
  normals: Float32Array;
  tangents: Float32Array;
  uvs: Float32Array;
  /** Pixels, pixels, 1 / depth (0 = behind the camera). */
  screen: Float64Array;
  triangles: Uint32Array;
  /** Of each triangle: its skin, its actor's id, whether it casts a shadow. */
  skinOf: Uint16Array;
  actorOf: Uint16Array;
  casts: Uint8Array;
  skins: Skin[];
};
const NEAR = 0.02;

/** Puts every actor into the world and before the camera. */
export function geometryOf(
  actors: readonly Actor[],
  camera: Camera,
  width: number,
  height: number,
): Geometry {
  const parts = actors.flatMap((actor) => actor.parts.map((part) => ({ ...part, actor })));
  const vertices = parts.reduce((sum, { mesh }) => sum + mesh.positions.length / 3, 0);
  const count = parts.reduce((sum, { mesh }) => sum + mesh.triangles.length / 3, 0);
  const all: Geometry = {
    vertices,
    world: new Float32Array(vertices * 3),
    normals: new Float32Array(vertices * 3),
    tangents: new Float32Array(vertices * 3),
    uvs: new Float32Array(vertices * 2),
    screen: new Float64Array(vertices * 3),
    triangles: new Uint32Array(count * 3),
    skinOf: new Uint16Array(count),
    actorOf: new Uint16Array(count),
    casts: new Uint8Array(count),
    skins: parts.map((part) => part.skin),
  };
  let [vertex, triangle] = [0, 0];
  parts.forEach(({ mesh, actor }, index) => {
    turnInto(all.world, vertex, mesh.positions, actor.place, 1);
    turnInto(all.normals, vertex, mesh.normals, actor.place, 0);
    turnInto(all.tangents, vertex, mesh.tangents, actor.place, 0);
    all.uvs.set(mesh.uvs, vertex * 2);
    for (let i = 0; i < mesh.triangles.length; i++)
      all.triangles[triangle * 3 + i] = (mesh.triangles[i] as number) + vertex;
    const end = triangle + mesh.triangles.length / 3;
    all.skinOf.fill(index, triangle, end);
    all.actorOf.fill(actor.id, triangle, end);
    all.casts.fill(actor.casts ? 1 : 0, triangle, end);
    triangle = end;
    vertex += mesh.positions.length / 3;
  });
  project(all, camera, width, height);
  return all;
}

function turnInto(to: Float32Array, first: number, from: Float32Array, p: Placement, shift: 0 | 1): void {
  const [a, b, c, d, e, f, g, h, i, j, k, l] = p as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let n = 0; n < from.length; n += 3) {
    const [x, y, z] = [from[n] as number, from[n + 1] as number, from[n + 2] as number];
    const at = first * 3 + n;
    to[at] = a * x + b * y + c * z + d * shift;
    to[at + 1] = e * x + f * y + g * z + h * shift;
    to[at + 2] = i * x + j * y + k * z + l * shift;
  }
}

/** Right, up and forward of a camera, rolled. */
export function axesOf(camera: Camera): { right: number[]; up: number[]; forward: number[] } {
  const forward = unit(minus(camera.target, camera.eye));
  const right0 = unit(cross(forward, Math.abs(forward[2]) > 0.999 ? [0, 1, 0] : [0, 0, 1]));
  const up0 = cross(right0, forward);
  const [c, s] = [Math.cos(camera.roll), Math.sin(camera.roll)];
  return {
    right: right0.map((x, i) => x * c + (up0[i] as number) * s),
    up: up0.map((x, i) => x * c - (right0[i] as number) * s),
    forward: [...forward],
  };
}

function project(all: Geometry, camera: Camera, width: number, height: number): void {
  const { right, up, forward } = axesOf(camera) as Record<
    'right' | 'up' | 'forward',
    [number, number, number]
  >;
  const [ex, ey, ez] = camera.eye;
  const scale = camera.focal * height;
  for (let n = 0; n < all.vertices; n++) {
    const x = (all.world[n * 3] as number) - ex;
    const y = (all.world[n * 3 + 1] as number) - ey;
    const z = (all.world[n * 3 + 2] as number) - ez;
    const depth = x * forward[0] + y * forward[1] + z * forward[2];
    if (depth < NEAR) continue;
    all.screen[n * 3] = width / 2 + (scale * (x * right[0] + y * right[1] + z * right[2])) / depth;
    all.screen[n * 3 + 1] = height / 2 - (scale * (x * up[0] + y * up[1] + z * up[2])) / depth;
    all.screen[n * 3 + 2] = 1 / depth;
  }
}
