import type { Vec3 } from '../mesh/mesh.ts';
import type { Fragments } from './fragments.ts';
import type { Lamps } from './lighting.ts';
import { toByte } from './tone.ts';

/** Where the ground's shadows start to fade and where it is the backdrop alone, from the camera's target. */
const [NEAR, FAR] = [1.1, 2.6];

/** The ground of a studio: the backdrop itself, darkened by the shadow and the closeness of what stands on it. */
export function studioGround(
  f: Fragments,
  lamps: Lamps,
  target: Vec3,
  height: number,
  out: Uint8Array,
): void {
  const { key, sky, backdrop } = lamps.light;
  const [top, bottom] = backdrop;
  const lz = lamps.key[2];
  const [keyR, keyG, keyB] = [key.colour[0] * lz, key.colour[1] * lz, key.colour[2] * lz];
  const [skyR, skyG, skyB] = sky;
  const [overR, overG, overB] = [1 / (keyR + skyR), 1 / (keyG + skyG), 1 / (keyB + skyB)];
  const [topR, topG, topB] = top;
  const [downR, downG, downB] = [bottom[0] - topR, bottom[1] - topG, bottom[2] - topB];
  const { count, slot, y, px, py, free, lit } = f;
  for (let i = 0; i < count; i++) {
    const dx = (px[i] as number) - target[0];
    const dy = (py[i] as number) - target[1];
    let far = (Math.sqrt(dx * dx + dy * dy) - NEAR) / (FAR - NEAR);
    far = far < 0 ? 0 : far > 1 ? 1 : far;
    const near = 1 - far * far * (3 - 2 * far);
    const lamp = lit[i] as number;
    const open = free[i] as number;
    const down = Math.floor(y[i] as number) / height;
    const to = (slot[i] as number) * 3;
    const shadeR = 1 + near * ((keyR * lamp + skyR * open) * overR - 1);
    const shadeG = 1 + near * ((keyG * lamp + skyG * open) * overG - 1);
    const shadeB = 1 + near * ((keyB * lamp + skyB * open) * overB - 1);
    out[to] = toByte((topR + downR * down) * shadeR);
    out[to + 1] = toByte((topG + downG * down) * shadeG);
    out[to + 2] = toByte((topB + downB * down) * shadeB);
  }
}
