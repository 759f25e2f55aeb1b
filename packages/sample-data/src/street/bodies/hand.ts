import { mix, type Vec3 } from '../../mesh/mesh.ts';
import type { Part } from '../../render/scene.ts';
import { joined } from '../props/solids.ts';
import { type Joint, limb, type Person } from './person.ts';

/** A relaxed hand from the wrist along `way`, `size` = its length; knuckles lie along `across`, fingers bend towards `bend`. */
export function restingHand(
  person: Person,
  how: { wrist: Vec3; way: Vec3; across: Vec3; bend: Vec3; size: number },
): Part {
  const { wrist, way, across, bend, size } = how;
  const at = (k: number, side: number, out: number): Vec3 =>
    [0, 1, 2].map(
      (n) =>
        (wrist[n] as number) +
        ((way[n] as number) * k + (across[n] as number) * side + (bend[n] as number) * out) * size,
    ) as unknown as Vec3;
  const fingers = [0.16, 0.055, -0.05, -0.15].map((side, i) =>
    limb(
      [
        [at(0.44, side, 0), 0.058 * size],
        [at(0.68, side * 1.08, 0.06), 0.053 * size],
        [at(([0.84, 0.9, 0.87, 0.78][i] as number) - 0.02, side * 1.08, 0.17), 0.047 * size],
        [at(([0.86, 0.93, 0.9, 0.8][i] as number) - 0.02, side * 1.08, 0.27), 0.032 * size],
      ],
      10,
    ),
  );
  const thumb: Joint[] = [
    [at(0.08, 0.12, 0.03), 0.075 * size],
    [at(0.32, 0.27, 0.09), 0.064 * size],
    [at(0.56, 0.27, 0.16), 0.042 * size],
  ];
  const palm = [-0.11, 0.02, 0.12].map((side) =>
    limb(
      [
        [at(-0.12, side * 0.7, 0), 0.115 * size],
        [at(0.15, side, 0), 0.105 * size],
        [at(0.47, side, 0.02), 0.075 * size],
      ],
      12,
    ),
  );
  return { mesh: joined([...palm, ...fingers, limb(thumb, 10)]), skin: person.skin };
}

/** A hand that holds something of half sizes hx, hy at height z, coming from `side`; all in units, `size` = length of a hand. */
export function grippingHand(
  person: Person,
  how: { hx: number; hy: number; z: number; side: 1 | -1; size: number; low: number },
): Part[] {
  const { hx, hy, z, side, size, low } = how;
  const s = size;
  const x = (k: number): number => side * k;
  const reach = Math.min(hx * 1.5, s * 0.62);
  const fingers = [0, 1, 2, 3].map((i) => {
    const height = z + (0.15 - i * 0.105) * s;
    const tip = reach * ([0.86, 1, 0.95, 0.76][i] as number);
    return limb(
      [
        [[x(hx + 0.02 * s), hy * 0.5, height - 0.03 * s], 0.056 * s],
        [[x(hx + 0.045 * s), -hy - 0.0 * s, height], 0.054 * s],
        [[x(hx - tip * 0.5), -hy - 0.05 * s, height + 0.02 * s], 0.05 * s],
        [[x(hx - tip), -hy - 0.035 * s, height + 0.015 * s], 0.036 * s],
      ],
      10,
    );
  });
  const thumb = limb(
    [
      [[x(hx + 0.06 * s), hy * 0.2, z + 0.1 * s], 0.08 * s],
      [[x(hx + 0.02 * s), -hy - 0.02 * s, z + 0.3 * s], 0.062 * s],
      [[x(hx - 0.2 * s), -hy - 0.05 * s, z + 0.42 * s], 0.042 * s],
    ],
    10,
  );
  const wrist: Vec3 = [x(hx + 0.42 * s), hy * 0.5 + 0.12 * s, z - 0.3 * s];
  const elbow: Vec3 = [x(hx + 1.2 * s), 0.5 * s, z - low * s];
  const cuff: Vec3 = [
    mix(wrist[0], elbow[0], 0.35),
    mix(wrist[1], elbow[1], 0.35),
    mix(wrist[2], elbow[2], 0.35),
  ];
  const palm = limb(
    [
      [[x(hx - 0.05 * s), hy * 0.7 + 0.06 * s, z + 0.02 * s], 0.16 * s],
      [[x(hx + 0.16 * s), hy * 0.5 + 0.08 * s, z - 0.08 * s], 0.19 * s],
      [wrist, 0.15 * s],
      [elbow, 0.22 * s],
    ],
    16,
  );
  return [
    { mesh: joined([...fingers, thumb, palm]), skin: person.skin },
    {
      mesh: limb(
        [
          [cuff, 0.225 * s],
          [elbow, 0.27 * s],
          [[elbow[0] + x(1.4 * s), elbow[1] + 0.3 * s, elbow[2] - 0.9 * s], 0.34 * s],
        ],
        18,
      ),
      skin: person.top,
    },
  ];
}
