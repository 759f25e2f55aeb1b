import { cross, unit, type Vec3 } from '../mesh/mesh.ts';
import { boxBlur } from './box-blur.ts';
import type { Geometry, Piece } from './geometry.ts';
import { kept } from './kept.ts';

/** Mean and mean square of the depth from the lamp, blurred: variance shadow map (Donnelly & Lauritzen 2006). */
export type ShadowMap = {
  size: number;
  /** Two numbers a place: mean depth, mean square. */
  moments: Float32Array;
  /** World → map: right, up and forward axes with offset; places and depth units. */
  axes: Float64Array;
};
/** Places a side of a sharp shadow's map for a picture of 800 px; the blur is counted in them. */
const SHARP = 640;
const PICTURE = 800;
/** A soft shadow shows nothing that half of them could not, a small picture needs fewer, but not less than this. */
const LEAST = 160;
const EMPTY = 1e3;
const room = { depth: kept(Float32Array), moments: kept(Float32Array), flat: kept(Float32Array) };

/** Depths seen from the lamp over everything that casts; `soft` 0…1 is the blur, `pixels` the picture's longer side. */
export function shadowMapOf(all: Geometry, from: Vec3, soft: number, pixels: number): ShadowMap {
  const radius = 1 + Math.round(soft * 26);
  const fine = Math.min(1, pixels / PICTURE) * (radius >= 6 ? 0.5 : 1);
  const size = Math.max(LEAST, Math.round(SHARP * fine));
  const axes = axesFor(all, from, size);
  const depth = room.depth(size * size).fill(EMPTY);
  const flat = flattened(all, axes);
  // What only receives is drawn too: an empty place would count as a shadow behind the deepest caster.
  for (let t = 0; t < all.pieceOf.length; t++) fill(depth, size, flat, all.triangles, t);
  const moments = momentsOf(depth);
  boxBlur(moments, size, Math.max(1, Math.round((radius * size) / SHARP)));
  return { size, moments, axes };
}

/** Vertices in the map's places and depth. */
function flattened(all: Geometry, axes: Float64Array): Float32Array {
  const { world, vertices } = all;
  const flat = room.flat(vertices * 3);
  const m = (i: number): number => axes[i] as number;
  const [a, b, c, d] = [m(0), m(1), m(2), m(3)];
  const [e, f, g, h] = [m(4), m(5), m(6), m(7)];
  const [i, j, k, l] = [m(8), m(9), m(10), m(11)];
  for (let n = 0; n < vertices * 3; n += 3) {
    const x = world[n] as number;
    const y = world[n + 1] as number;
    const z = world[n + 2] as number;
    flat[n] = a * x + b * y + c * z + d;
    flat[n + 1] = e * x + f * y + g * z + h;
    flat[n + 2] = i * x + j * y + k * z + l;
  }
  return flat;
}

function axesFor(all: Geometry, from: Vec3, size: number): Float64Array {
  const forward = unit([-from[0], -from[1], -from[2]]);
  const right = unit(cross(forward, Math.abs(forward[2]) > 0.99 ? [0, 1, 0] : [0, 0, 1]));
  const up = cross(right, forward);
  const box = { left: Infinity, right: -Infinity, low: Infinity, top: -Infinity };
  for (const piece of all.pieces) if (piece.casts) spread(box, all, piece, right, up);
  const margin = size / 10;
  const s = (size - 2 * margin) / Math.max(box.right - box.left, box.top - box.low, 1e-3);
  const row = (axis: Vec3, least: number): number[] => [...axis.map((x) => x * s), margin - least * s];
  return Float64Array.from([...row(right, box.left), ...row(up, box.low), ...forward, 0]);
}

type Box = { left: number; right: number; low: number; top: number };

function spread(box: Box, { world, triangles }: Geometry, piece: Piece, right: Vec3, up: Vec3): void {
  const [rx, ry, rz] = right;
  const [ux, uy, uz] = up;
  for (let k = piece.first * 3; k < piece.end * 3; k++) {
    const n = (triangles[k] as number) * 3;
    const x = world[n] as number;
    const y = world[n + 1] as number;
    const z = world[n + 2] as number;
    const across = x * rx + y * ry + z * rz;
    const along = x * ux + y * uy + z * uz;
    if (across < box.left) box.left = across;
    if (across > box.right) box.right = across;
    if (along < box.low) box.low = along;
    if (along > box.top) box.top = along;
  }
}

/** Draws one triangle's depth where it is nearer than what is there. */
function fill(depth: Float32Array, size: number, p: Float32Array, triangles: Uint32Array, t: number): void {
  const a = (triangles[t * 3] as number) * 3;
  const b = (triangles[t * 3 + 1] as number) * 3;
  const c = (triangles[t * 3 + 2] as number) * 3;
  const ax = p[a] as number;
  const ay = p[a + 1] as number;
  const az = p[a + 2] as number;
  const bx = (p[b] as number) - ax;
  const by = (p[b + 1] as number) - ay;
  const cx = (p[c] as number) - ax;
  const cy = (p[c + 1] as number) - ay;
  const area = bx * cy - by * cx;
  if (area === 0) return;
  const left = Math.max(0, Math.ceil(ax + Math.min(0, bx, cx)));
  const right = Math.min(size - 1, Math.floor(ax + Math.max(0, bx, cx)));
  const top = Math.max(0, Math.ceil(ay + Math.min(0, by, cy)));
  const bottom = Math.min(size - 1, Math.floor(ay + Math.max(0, by, cy)));
  if (left > right) return;
  const over = 1 / area;
  const bdx = cy * over;
  const cdx = -by * over;
  const bz = (p[b + 2] as number) - az;
  const cz = (p[c + 2] as number) - az;
  const zdx = bdx * bz + cdx * cz;
  for (let y = top; y <= bottom; y++) {
    let wb = ((left - ax) * cy - (y - ay) * cx) * over;
    let wc = ((y - ay) * bx - (left - ax) * by) * over;
    let z = az + wb * bz + wc * cz;
    const end = y * size + right;
    for (let at = y * size + left; at <= end; at++) {
      if (wb >= 0 && wc >= 0 && wb + wc <= 1 && z < (depth[at] as number)) depth[at] = z;
      wb += bdx;
      wc += cdx;
      z += zdx;
    }
  }
}

/** Depth and its square of every place; empty ones count as far, as deep as the deepest. */
function momentsOf(depth: Float32Array): Float32Array {
  let far = -Infinity;
  for (let i = 0; i < depth.length; i++) {
    const d = depth[i] as number;
    if (d < EMPTY && d > far) far = d;
  }
  const moments = room.moments(depth.length * 2);
  for (let i = 0; i < depth.length; i++) {
    const d = depth[i] as number;
    const z = d < EMPTY ? d : far;
    moments[i * 2] = z;
    moments[i * 2 + 1] = z * z;
  }
  return moments;
}
