import type { Fragments } from './fragments.ts';
import type { Skin } from './skin.ts';
import { weaveOf } from './weave.ts';

/** Whether the skin's weave can be seen from near. */
export const hasRelief = (skin: Skin): boolean => skin.depth > 0 || skin.grime > 0;

/** Bends the normals by the weave's slopes (tangent-space bump mapping) and darkens the colour in its hollows. */
export function relief(f: Fragments, skin: Skin): void {
  const { size, cells } = weaveOf(skin.weave);
  const mask = size - 1;
  const across = skin.repeat[0] * size;
  const down = skin.repeat[1] * size;
  const { grime, depth } = skin;
  const { count, u, v, nx, ny, nz, tx, ty, tz, bumps, red, green, blue } = f;
  for (let i = 0; i < count; i++) {
    const seen = bumps[i] as number;
    if (seen <= 0) continue;
    const wx = Math.floor((u[i] as number) * across) & mask;
    const wy = Math.floor((v[i] as number) * down) & mask;
    const cell = (wy * size + wx) * 4;
    const light = 1 - grime * seen * (1 - (cells[cell] as number));
    red[i] = (red[i] as number) * light;
    green[i] = (green[i] as number) * light;
    blue[i] = (blue[i] as number) * light;
    const su = (cells[cell + 1] as number) * depth * seen;
    const sv = (cells[cell + 2] as number) * depth * seen;
    const X = nx[i] as number;
    const Y = ny[i] as number;
    const Z = nz[i] as number;
    const tX = tx[i] as number;
    const tY = ty[i] as number;
    const tZ = tz[i] as number;
    const bX = X - su * tX - sv * (Y * tZ - Z * tY);
    const bY = Y - su * tY - sv * (Z * tX - X * tZ);
    const bZ = Z - su * tZ - sv * (X * tY - Y * tX);
    const n = 1 / Math.sqrt(bX * bX + bY * bY + bZ * bZ);
    nx[i] = bX * n;
    ny[i] = bY * n;
    nz[i] = bZ * n;
  }
}
