import { curve, type Mesh, type Vec3 } from '../../mesh/mesh.ts';
import { blob } from '../../mesh/shapes.ts';
import { surface } from '../../mesh/surface.ts';
import type { Part } from '../../render/scene.ts';
import type { Rgb } from '../../render/skin.ts';
import { joined, painted } from '../props/solids.ts';
import { limb, type Person } from './person.ts';

const LOW = { nu: 14, nv: 10 };
const redder = (c: Rgb): Rgb => [c[0] * 0.82, c[1] * 0.56, c[2] * 0.55];

/** Half widths, front and back of a head by height, in half heights: crown 1 … chin −1. */
const WIDE = [
  [-1, 0.12],
  [-0.96, 0.3],
  [-0.8, 0.44],
  [-0.5, 0.57],
  [-0.1, 0.68],
  [0.25, 0.72],
  [0.6, 0.64],
  [0.85, 0.42],
  [0.97, 0.17],
  [1, 0],
] as const;
const FRONT = [
  [-1, 0.5],
  [-0.96, 0.68],
  [-0.8, 0.76],
  [-0.5, 0.74],
  [-0.1, 0.76],
  [0.25, 0.79],
  [0.55, 0.68],
  [0.85, 0.38],
  [0.97, 0.12],
  [1, -0.08],
] as const;
const BACK = [
  [-1, -0.35],
  [-0.8, -0.1],
  [-0.5, 0.3],
  [-0.1, 0.68],
  [0.25, 0.84],
  [0.6, 0.78],
  [0.85, 0.54],
  [0.97, 0.24],
  [1, 0.08],
] as const;

/** Surface of a head or of hair over it: from the crown down to `end` (by angle), `out` times as large. */
function skull([x, y, z]: Vec3, s: number, out: number, end: (front: number) => number, low = false): Mesh {
  return surface(
    (u, v) => {
      const angle = Math.PI / 2 + u * Math.PI * 2;
      const [c, k] = [Math.cos(angle), Math.sin(angle)];
      // Closer rings at the crown, where it is round.
      const last = end(-k);
      const h = 1 - (1 - last) * v ** 1.4;
      // Under a hat the crown is pressed flat, whatever the hat's height.
      const _up = low && h > 0.25 ? 0.25 + (h - 0.25) * 0.3 : h;
      const [w, f, b] = [curve(WIDE, h), curve(FRONT, h), curve(BACK, h)];
      const deep = k < 0 ? f : b;
      return [
        x + c * w * s * out,
        y + Math.sign(k) * Math.abs(k) ** 0.95 * deep * s * out,
        z + s * (h * out),
      ];
    },
    { nu: 40, nv: 26, flip: true },
  );
}

/** A head looking towards −y, its middle at `to`, half height `size`: face, hair, ears, neck. `hat` leaves the crown bare. */
export function head(person: Person, to: Vec3, size: number, options: { hat?: boolean } = {}): Part[] {
  const [x, y, z] = to;
  const s = size;
  const dark = painted('#221a16', { rough: 0.25, gloss: 0.05 });
  const white = painted('#cfc8bd', { rough: 0.35, gloss: 0.05 });
  const lips = painted(person.tone, { colour: redder(person.skin.colour), rough: 0.5 });
  const lid = painted(person.tone, { colour: redder(person.skin.colour), rough: 0.7 });
  const eye = (side: number): Part[] => [
    {
      mesh: blob([x + side * 0.28 * s, y - 0.69 * s, z + 0.06 * s], [0.1 * s, 0.05 * s, 0.04 * s], 1, LOW),
      skin: white,
    },
    {
      mesh: blob(
        [x + side * 0.275 * s, y - 0.71 * s, z + 0.06 * s],
        [0.046 * s, 0.045 * s, 0.042 * s],
        1,
        LOW,
      ),
      skin: dark,
    },
    {
      mesh: limb(
        [
          [[x + side * 0.17 * s, y - 0.715 * s, z + 0.075 * s], 0.018 * s],
          [[x + side * 0.28 * s, y - 0.725 * s, z + 0.112 * s], 0.022 * s],
          [[x + side * 0.39 * s, y - 0.65 * s, z + 0.075 * s], 0.018 * s],
        ],
        8,
      ),
      skin: lid,
    },
    {
      mesh: limb(
        [
          [[x + side * 0.14 * s, y - 0.75 * s, z + 0.2 * s], 0.02 * s],
          [[x + side * 0.29 * s, y - 0.735 * s, z + 0.245 * s], 0.03 * s],
          [[x + side * 0.44 * s, y - 0.61 * s, z + 0.2 * s], 0.014 * s],
        ],
        8,
      ),
      skin: person.hair,
    },
  ];
  const skin = joined([
    skull(to, s, 1, () => -1, options.hat),
    limb(
      [
        [[x, y - 0.68 * s, z + 0.14 * s], 0.06 * s],
        [[x, y - 0.78 * s, z - 0.04 * s], 0.075 * s],
        [[x, y - 0.84 * s, z - 0.19 * s], 0.1 * s],
        [[x, y - 0.7 * s, z - 0.27 * s], 0.08 * s],
      ],
      12,
    ),
    blob([x - 0.69 * s, y + 0.04 * s, z + 0.0 * s], [0.07 * s, 0.13 * s, 0.19 * s], 1, LOW),
    blob([x + 0.69 * s, y + 0.04 * s, z + 0.0 * s], [0.07 * s, 0.13 * s, 0.19 * s], 1, LOW),
    limb(
      [
        [[x, y + 0.02 * s, z - 0.45 * s], 0.4 * s],
        [[x, y + 0.08 * s, z - 1.05 * s], 0.39 * s],
        [[x, y + 0.12 * s, z - 1.65 * s], 0.5 * s],
      ],
      20,
    ),
  ]);
  const hair: Mesh[] = [];
  // The hairline: high over the forehead, before the ears, low at the nape.
  if (!options.hat)
    hair.push(
      skull(to, s, 1.075, (front) =>
        front > 0.35 ? 0.5 : front > -0.1 ? 0.5 - (0.35 - front) * 1.2 : -0.35,
      ),
    );
  if (person.long)
    hair.push(
      ...[-1, 1].map((side) =>
        limb(
          [
            [[x + side * 0.6 * s, y + 0.16 * s, z + 0.3 * s], 0.2 * s],
            [[x + side * 0.7 * s, y + 0.2 * s, z - 0.45 * s], 0.24 * s],
            [[x + side * 0.62 * s, y + 0.16 * s, z - 1.25 * s], 0.16 * s],
          ],
          14,
        ),
      ),
      blob([x, y + 0.42 * s, z - 0.35 * s], [0.66 * s, 0.44 * s, 0.95 * s], 0.9, { nu: 24, nv: 16 }),
    );
  else if (options.hat)
    hair.push(blob([x, y + 0.36 * s, z + 0.02 * s], [0.66 * s, 0.46 * s, 0.4 * s], 0.95, { nu: 24, nv: 16 }));
  return [
    { mesh: skin, skin: person.skin },
    ...eye(-1),
    ...eye(1),
    {
      mesh: joined([
        limb(
          [
            [[x - 0.2 * s, y - 0.67 * s, z - 0.47 * s], 0.02 * s],
            [[x, y - 0.76 * s, z - 0.455 * s], 0.04 * s],
            [[x + 0.2 * s, y - 0.67 * s, z - 0.47 * s], 0.02 * s],
          ],
          8,
        ),
        limb(
          [
            [[x - 0.16 * s, y - 0.68 * s, z - 0.52 * s], 0.02 * s],
            [[x, y - 0.755 * s, z - 0.53 * s], 0.046 * s],
            [[x + 0.16 * s, y - 0.68 * s, z - 0.52 * s], 0.02 * s],
          ],
          8,
        ),
      ]),
      skin: lips,
    },
    ...(hair.length > 0 ? [{ mesh: joined(hair), skin: person.hair }] : []),
  ];
}
