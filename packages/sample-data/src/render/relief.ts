import type { Fragments } from './fragments.ts';
import type { Skin } from './skin.ts';
import { type Tile, weaveOf } from './weave.ts';

/** Whether the skin's weave can be seen from near. */
export const hasRelief = (skin: Skin): boolean => skin.depth > 0 || skin.grime > 0;

/** Bends the normals by the weave's slopes (tangent-space bump mapping) and darkens the colour in its hollows. */
export function relief(f: Fragments, skin: Skin): void {
  const weave = weaveOf(skin.weave);
  const [across, down] = skin.repeat;
  let { size, cells } = weave[0] as Tile;
  let level = 0;
  const { grime, depth } = skin;
  const { count, u, v, nx, ny, nz, tx, ty, tz, bumps, grain, red, green, blue } = f;
  for (let i = 0; i < count; i++) {
    const seen = bumps[i] as number;
    if (seen <= 0) continue;
    if (grain[i] !== level) {
      level = grain[i] as number;
      ({ size, cells } = weave[level] as Tile);
    }
    const x = (u[i] as number) * across * size - 0.5;
    const y = (v[i] as number) * down * size - 0.5;
    const left = Math.floor(x);
    const top = Math.floor(y);
    const mask = size - 1;
    const row = (top & mask) * size;
    const next = ((top + 1) & mask) * size;
    const c00 = (row + (left & mask)) * 4;
    const c10 = (row + ((left + 1) & mask)) * 4;
    const c01 = (next + (left & mask)) * 4;
    const c11 = (next + ((left + 1) & mask)) * 4;
    const w11 = (x - left) * (y - top);
    const w10 = x - left - w11;
    const w01 = y - top - w11;
    const w00 = 1 - w11 - w10 - w01;
    const height =
      w00 * (cells[c00] as number) +
      w10 * (cells[c10] as number) +
      w01 * (cells[c01] as number) +
      w11 * (cells[c11] as number);
    const light = 1 - grime * seen * (1 - height);
    red[i] = (red[i] as number) * light;
    green[i] = (green[i] as number) * light;
    blue[i] = (blue[i] as number) * light;
    const su =
      (w00 * (cells[c00 + 1] as number) +
        w10 * (cells[c10 + 1] as number) +
        w01 * (cells[c01 + 1] as number) +
        w11 * (cells[c11 + 1] as number)) *
      depth *
      seen;
    const sv =
      (w00 * (cells[c00 + 2] as number) +
        w10 * (cells[c10 + 2] as number) +
        w01 * (cells[c01 + 2] as number) +
        w11 * (cells[c11 + 2] as number)) *
      depth *
      seen;
    const X = nx[i] as number;
    const Y = ny[i] as number;
    const Z = nz[i] as number;
    const tX = tx[i] as number;
    const tY = ty[i] as number;
    const tZ = tz[i] as number;
    const bX = X - su * tX + sv * (Y * tZ - Z * tY);
    const bY = Y - su * tY + sv * (Z * tX - X * tZ);
    const bZ = Z - su * tZ + sv * (X * tY - Y * tX);
    const n = 1 / Math.sqrt(bX * bX + bY * bY + bZ * bZ);
    nx[i] = bX * n;
    ny[i] = bY * n;
    nz[i] = bZ * n;
  }
}
