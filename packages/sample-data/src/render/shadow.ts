import type { Vec3 } from '../mesh/mesh.ts';
import type { Fragments } from './fragments.ts';
import type { ShadowMap } from './shadow-map.ts';

/** How far a surface is lifted out of its own shadow: along its normal, and towards the lamp. */
const LIFT = 0.004;
const SLACK = 0.012;
/** What a place lets through at least to count as lit at all: cuts off light that bleeds through. */
const BLEED = 0.3;

/**
 * Share of the lamp's light that reaches each point, 0..1, by Chebyshev's bound. Points turned more than `wrap` away from
 * the lamp get none whatever their shadow, so they are not looked up.
 */
export function shadow(f: Fragments, map: ShadowMap, lamp: Vec3, wrap: number): void {
  const { size, moments, axes } = map;
  const a0 = axes[0] as number;
  const a1 = axes[1] as number;
  const a2 = axes[2] as number;
  const a3 = axes[3] as number;
  const b0 = axes[4] as number;
  const b1 = axes[5] as number;
  const b2 = axes[6] as number;
  const b3 = axes[7] as number;
  const c0 = axes[8] as number;
  const c1 = axes[9] as number;
  const c2 = axes[10] as number;
  const [lx, ly, lz] = lamp;
  const edge = size - 1;
  const { count, px, py, pz, nx, ny, nz, lit } = f;
  for (let i = 0; i < count; i++) {
    const X = nx[i] as number;
    const Y = ny[i] as number;
    const Z = nz[i] as number;
    if (X * lx + Y * ly + Z * lz + wrap <= 0) {
      lit[i] = 0;
      continue;
    }
    const x = (px[i] as number) + X * LIFT;
    const y = (py[i] as number) + Y * LIFT;
    const z = (pz[i] as number) + Z * LIFT;
    const sx = a0 * x + a1 * y + a2 * z + a3;
    const sy = b0 * x + b1 * y + b2 * z + b3;
    if (!(sx >= 0 && sy >= 0 && sx < edge && sy < edge)) {
      lit[i] = 1;
      continue;
    }
    const ix = sx | 0;
    const iy = sy | 0;
    const fx = sx - ix;
    const fy = sy - iy;
    const k = (iy * size + ix) * 2;
    const l = k + size * 2;
    const w11 = fx * fy;
    const w10 = fx - w11;
    const w01 = fy - w11;
    const w00 = 1 - fx - w01;
    const mean =
      w00 * (moments[k] as number) +
      w10 * (moments[k + 2] as number) +
      w01 * (moments[l] as number) +
      w11 * (moments[l + 2] as number);
    const behind = c0 * x + c1 * y + c2 * z - mean - SLACK;
    if (behind <= 0) {
      lit[i] = 1;
      continue;
    }
    const square =
      w00 * (moments[k + 1] as number) +
      w10 * (moments[k + 3] as number) +
      w01 * (moments[l + 1] as number) +
      w11 * (moments[l + 3] as number);
    const variance = Math.max(1e-5, square - mean * mean);
    const p = variance / (variance + behind * behind);
    lit[i] = p < BLEED ? 0 : (p - BLEED) / (1 - BLEED);
  }
}
