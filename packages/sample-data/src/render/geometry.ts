import type { Placement } from '../mesh/place.ts';
import { axesOf } from './camera.ts';
import { kept } from './kept.ts';
import type { Actor, Camera } from './scene.ts';
import type { Skin } from './skin.ts';

/** A run of triangles that share a skin. */
export type Piece = { skin: Skin; actor: number; casts: boolean; first: number; end: number };
/** All triangles of a scene in the world, with the picture's coordinates of their vertices; good until the next frame. */
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
  /** Of each triangle: the number of its piece. */
  pieceOf: Uint16Array;
  pieces: Piece[];
};
const NEAR = 0.02;
const room = {
  world: kept(Float32Array),
  normals: kept(Float32Array),
  tangents: kept(Float32Array),
  uvs: kept(Float32Array),
  screen: kept(Float64Array),
  triangles: kept(Uint32Array),
  pieceOf: kept(Uint16Array),
};

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
    world: room.world(vertices * 3),
    normals: room.normals(vertices * 3),
    tangents: room.tangents(vertices * 3),
    uvs: room.uvs(vertices * 2),
    screen: room.screen(vertices * 3),
    triangles: room.triangles(count * 3),
    pieceOf: room.pieceOf(count),
    pieces: [],
  };
  let vertex = 0;
  let first = 0;
  for (const { mesh, skin, actor } of parts) {
    turnInto(all.world, vertex, mesh.positions, actor.place, 1);
    turnInto(all.normals, vertex, mesh.normals, actor.place, 0);
    turnInto(all.tangents, vertex, mesh.tangents, actor.place, 0);
    all.uvs.set(mesh.uvs, vertex * 2);
    const from = mesh.triangles;
    shiftInto(all.triangles, first * 3, from, vertex);
    const end = first + from.length / 3;
    all.pieceOf.fill(all.pieces.length, first, end);
    all.pieces.push({ skin, actor: actor.id, casts: actor.casts, first, end });
    first = end;
    vertex += mesh.positions.length / 3;
  }
  project(all, camera, width, height);
  return all;
}

function shiftInto(to: Uint32Array, at: number, from: Uint32Array, by: number): void {
  for (let i = 0; i < from.length; i++) to[at + i] = (from[i] as number) + by;
}

function turnInto(to: Float32Array, first: number, from: Float32Array, p: Placement, shift: 0 | 1): void {
  const m = (i: number): number => p[i] as number;
  const [a, b, c, d] = [m(0), m(1), m(2), m(3) * shift];
  const [e, f, g, h] = [m(4), m(5), m(6), m(7) * shift];
  const [i, j, k, l] = [m(8), m(9), m(10), m(11) * shift];
  for (let n = 0, at = first * 3; n < from.length; n += 3, at += 3) {
    const x = from[n] as number;
    const y = from[n + 1] as number;
    const z = from[n + 2] as number;
    to[at] = a * x + b * y + c * z + d;
    to[at + 1] = e * x + f * y + g * z + h;
    to[at + 2] = i * x + j * y + k * z + l;
  }
}

function project(all: Geometry, camera: Camera, width: number, height: number): void {
  const { right, up, forward } = axesOf(camera);
  const [rx, ry, rz] = right;
  const [ux, uy, uz] = up;
  const [fx, fy, fz] = forward;
  const [ex, ey, ez] = camera.eye;
  const scale = camera.focal * height;
  const { world, screen } = all;
  for (let n = 0; n < all.vertices * 3; n += 3) {
    const x = (world[n] as number) - ex;
    const y = (world[n + 1] as number) - ey;
    const z = (world[n + 2] as number) - ez;
    const depth = x * fx + y * fy + z * fz;
    const over = depth < NEAR ? 0 : 1 / depth;
    screen[n] = width / 2 + scale * (x * rx + y * ry + z * rz) * over;
    screen[n + 1] = height / 2 - scale * (x * ux + y * uy + z * uz) * over;
    screen[n + 2] = over;
  }
}
