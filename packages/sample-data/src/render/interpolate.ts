import type { Fragments } from './fragments.ts';
import type { Geometry } from './geometry.ts';
import { hasRelief } from './relief.ts';
import type { Skin } from './skin.ts';
import { LEVELS, SIZE } from './weave.ts';

/** Texels a pixel above which a weave is no longer seen, and below which it is seen in full. */
const [GONE, FULL] = [1.1, 0.34];
/** How many halvings sooner than one texel a pixel art and weaves stop: a hair of roughness looks like cloth. */
const [ART, WEAVE] = [0.25, 0.8];

/** Fills what the points `from` … `to` (their x, y are set) of triangle t have from its corners. */
export function interpolate(
  all: Geometry,
  t: number,
  skin: Skin,
  f: Fragments,
  from: number,
  to: number,
): void {
  const { screen, triangles, world, normals, uvs } = all;
  const a = triangles[t * 3] as number;
  const b = triangles[t * 3 + 1] as number;
  const c = triangles[t * 3 + 2] as number;
  const a2 = a * 2;
  const b2 = b * 2;
  const c2 = c * 2;
  const a3 = a * 3;
  const b3 = b * 3;
  const c3 = c * 3;
  const ax = screen[a3] as number;
  const ay = screen[a3 + 1] as number;
  const bx = (screen[b3] as number) - ax;
  const by = (screen[b3 + 1] as number) - ay;
  const cx = (screen[c3] as number) - ax;
  const cy = (screen[c3 + 1] as number) - ay;
  const area = bx * cy - by * cx;
  const over = 1 / area;
  const facing = area < 0 ? 1 : -1;
  const ia = screen[a3 + 2] as number;
  const ib = screen[b3 + 2] as number;
  const ic = screen[c3 + 2] as number;
  const ua = uvs[a2] as number;
  const ub = (uvs[b2] as number) - ua;
  const uc = (uvs[c2] as number) - ua;
  const va = uvs[a2 + 1] as number;
  const vb = (uvs[b2 + 1] as number) - va;
  const vc = (uvs[c2 + 1] as number) - va;
  const pax = world[a3] as number;
  const pbx = (world[b3] as number) - pax;
  const pcx = (world[c3] as number) - pax;
  const pay = world[a3 + 1] as number;
  const pby = (world[b3 + 1] as number) - pay;
  const pcy = (world[c3 + 1] as number) - pay;
  const paz = world[a3 + 2] as number;
  const pbz = (world[b3 + 2] as number) - paz;
  const pcz = (world[c3 + 2] as number) - paz;
  const nax = normals[a3] as number;
  const nbx = (normals[b3] as number) - nax;
  const ncx = (normals[c3] as number) - nax;
  const nay = normals[a3 + 1] as number;
  const nby = (normals[b3 + 1] as number) - nay;
  const ncy = (normals[c3 + 1] as number) - nay;
  const naz = normals[a3 + 2] as number;
  const nbz = (normals[b3 + 2] as number) - naz;
  const ncz = (normals[c3 + 2] as number) - naz;
  const side = facing > 0 ? 1 : 0;
  const perPixel = Math.sqrt(Math.abs((ub * vc - uc * vb) * over));
  const mip = skin.art ? levelFor(perPixel * skin.art.size, ART) : 0;
  const tiles = hasRelief(skin) ? perPixel * Math.sqrt(skin.repeat[0] * skin.repeat[1]) : 1;
  const fade = bumpsFor(tiles);
  const weave = fade > 0 ? Math.min(LEVELS - 1, levelFor(tiles * SIZE, WEAVE)) : 0;
  const { x, y, u, v, px, py, pz, nx, ny, nz, wb, wc, outside, level, grain, bumps } = f;
  for (let i = from; i < to; i++) {
    const dx = (x[i] as number) - ax;
    const dy = (y[i] as number) - ay;
    const sb = (dx * cy - dy * cx) * over;
    const sc = (dy * bx - dx * by) * over;
    const depth = 1 / (ia * (1 - sb - sc) + ib * sb + ic * sc);
    const B = sb * ib * depth;
    const C = sc * ic * depth;
    outside[i] = side;
    level[i] = mip;
    grain[i] = weave;
    bumps[i] = fade;
    wb[i] = B;
    wc[i] = C;
    u[i] = ua + B * ub + C * uc;
    v[i] = va + B * vb + C * vc;
    px[i] = pax + B * pbx + C * pcx;
    py[i] = pay + B * pby + C * pcy;
    pz[i] = paz + B * pbz + C * pcz;
    const X = nax + B * nbx + C * ncx;
    const Y = nay + B * nby + C * ncy;
    const Z = naz + B * nbz + C * ncz;
    const n = facing / Math.sqrt(X * X + Y * Y + Z * Z + 1e-12);
    nx[i] = X * n;
    ny[i] = Y * n;
    nz[i] = Z * n;
  }
  if (fade > 0) tangents(all, t, f, from, to);
}

/** Number of the halved copy whose texels are about a pixel wide. */
const levelFor = (texels: number, sharper: number): number =>
  texels <= 1 ? 0 : Math.max(0, Math.round(Math.log2(texels) - sharper));

/** How much of a weave is left, by its tiles a pixel. */
function bumpsFor(tiles: number): number {
  const threads = tiles * 16;
  return threads > GONE ? 0 : threads < FULL ? 1 : (GONE - threads) / (GONE - FULL);
}

/** Unit tangents along u, for the relief alone. */
function tangents(all: Geometry, t: number, f: Fragments, from: number, to: number): void {
  const { triangles, tangents: all3 } = all;
  const a = (triangles[t * 3] as number) * 3;
  const b = (triangles[t * 3 + 1] as number) * 3;
  const c = (triangles[t * 3 + 2] as number) * 3;
  const ax = all3[a] as number;
  const ay = all3[a + 1] as number;
  const az = all3[a + 2] as number;
  const bx = (all3[b] as number) - ax;
  const by = (all3[b + 1] as number) - ay;
  const bz = (all3[b + 2] as number) - az;
  const cx = (all3[c] as number) - ax;
  const cy = (all3[c + 1] as number) - ay;
  const cz = (all3[c + 2] as number) - az;
  const { wb, wc, tx, ty, tz } = f;
  for (let i = from; i < to; i++) {
    const B = wb[i] as number;
    const C = wc[i] as number;
    const X = ax + B * bx + C * cx;
    const Y = ay + B * by + C * cy;
    const Z = az + B * bz + C * cz;
    const n = 1 / Math.sqrt(X * X + Y * Y + Z * Z + 1e-12);
    tx[i] = X * n;
    ty[i] = Y * n;
    tz[i] = Z * n;
  }
}
