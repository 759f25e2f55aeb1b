import type { Vec3 } from '../mesh/mesh.ts';
import { after, type Placement, place } from '../mesh/place.ts';
import type { Good } from './build-good.ts';

/** Scale that makes the good's longest side 1. */
export const unitScale = ({ low, high }: Good): number =>
  1 / Math.max(high[0] - low[0], high[1] - low[1], high[2] - low[2]);

/** Puts a good, made unit size and turned, on the ground at `to` with its middle over it. */
export function standing(
  good: Good,
  how: { yaw?: number; pitch?: number; roll?: number; scale?: number; to?: Vec3 },
): Placement {
  const { low, high } = good;
  const s = unitScale(good) * (how.scale ?? 1);
  const middle = place({ to: [-(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, -low[2]] });
  return after(
    place({
      scale: s,
      yaw: how.yaw ?? 0,
      pitch: how.pitch ?? 0,
      roll: how.roll ?? 0,
      to: how.to ?? [0, 0, 0],
    }),
    middle,
  );
}

/** Sizes of a good once it is of unit size: wide, deep, high. */
export function sizeOf(good: Good): Vec3 {
  const s = unitScale(good);
  return [0, 1, 2].map((i) => ((good.high[i] as number) - (good.low[i] as number)) * s) as unknown as Vec3;
}
