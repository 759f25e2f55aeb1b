import { type Mesh, mix, smooth, type Vec3 } from '../../mesh/mesh.ts';
import { blob, tube } from '../../mesh/shapes.ts';
import type { Random } from '../../random.ts';
import type { Part } from '../../render/scene.ts';
import type { Rgb, Skin } from '../../render/skin.ts';
import { joined, painted } from '../props/solids.ts';
import { calmTone } from '../props/tones.ts';

/** Skin tones, sRGB. */
const TONES = ['#d9ab8c', '#c08b68', '#9a6a4a', '#6e4630', '#4a2f22', '#e3bda3'] as const;
const HAIR = ['#1d1713', '#3a281b', '#6b4a2c', '#8d8781', '#15120f'] as const;

/** How someone looks: skin, hair, clothes that are not the good. */
export type Person = {
  skin: Skin;
  tone: string;
  hair: Skin;
  hairTone: string;
  top: Skin;
  legs: Skin;
  shoes: Skin;
  long: boolean;
};

export function personOf(r: Random): Person {
  const cloth = (): Skin =>
    painted(calmTone(r), {
      weave: 'twill',
      repeat: [14, 14],
      depth: 0.12,
      grime: 0.2,
      rough: 1,
      sheen: 0.15,
    });
  const [tone, hairTone] = [r.pick(TONES), r.pick(HAIR)];
  return {
    skin: painted(tone, { rough: 0.6, gloss: 0.03, sheen: 0.12 }),
    tone,
    hair: painted(hairTone, {
      weave: 'rib',
      repeat: [12, 1],
      depth: 0.3,
      grime: 0.4,
      rough: 0.6,
      gloss: 0.04,
    }),
    hairTone,
    top: cloth(),
    legs: cloth(),
    shoes: painted(r.pick(['#e6e3dc', '#26262a', '#5d4231', '#7c7f82']), { rough: 0.6 }),
    long: r.chance(0.5),
  };
}

/** Points that a limb passes through, with its radius at each. */
export type Joint = readonly [at: Vec3, radius: number];

/** A limb through joints, round and smooth. */
export function limb(joints: readonly Joint[], nu = 18): Mesh {
  const last = joints.length - 1;
  const place = (t: number): { i: number; k: number } => {
    const s = Math.min(last - 1e-6, Math.max(0, t * last));
    return { i: Math.floor(s), k: s - Math.floor(s) };
  };
  const at = (i: number): Joint => joints[Math.min(last, Math.max(0, i))] as Joint;
  // Catmull-Rom through the joints, so that elbows and knees bend rather than break.
  const spline = (a: number, b: number, c: number, d: number, k: number): number =>
    b + 0.5 * k * (c - a + k * (2 * a - 5 * b + 4 * c - d + k * (3 * (b - c) + d - a)));
  return tube(
    (t) => {
      const { i, k } = place(t);
      const [a, b, c, d] = [at(i - 1)[0], at(i)[0], at(i + 1)[0], at(i + 2)[0]];
      return [0, 1, 2].map((n) =>
        spline(a[n] as number, b[n] as number, c[n] as number, d[n] as number, k),
      ) as unknown as Vec3;
    },
    (t) => {
      const { i, k } = place(t);
      return mix(at(i)[1], at(i + 1)[1], smooth(0, 1, k));
    },
    { nu, nv: last * 7 },
  );
}

/** A head looking towards −y, its middle at `to`, half height `size`: skull, face, hair, ears, neck. */
export function head(person: Person, [x, y, z]: Vec3, size: number, options: { hat?: boolean } = {}): Part[] {
  const s = size;
  const part = (mesh: Mesh, skin: Skin): Part => ({ mesh, skin });
  const dark = painted('#241c18', { rough: 0.3, gloss: 0.05 });
  const white = painted('#d9d4cb', { rough: 0.3, gloss: 0.05 });
  const lips = painted(person.tone, { colour: redder(person.skin.colour), rough: 0.5 });
  const eye = (side: number): Part[] => [
    part(
      blob([x + side * 0.29 * s, y - 0.74 * s, z + 0.08 * s], [0.115 * s, 0.06 * s, 0.055 * s], 1, LOW),
      white,
    ),
    part(
      blob([x + side * 0.285 * s, y - 0.775 * s, z + 0.08 * s], [0.052 * s, 0.04 * s, 0.052 * s], 1, LOW),
      dark,
    ),
    part(
      limb(
        [
          [[x + side * 0.14 * s, y - 0.79 * s, z + 0.2 * s], 0.02 * s],
          [[x + side * 0.29 * s, y - 0.77 * s, z + 0.25 * s], 0.03 * s],
          [[x + side * 0.45 * s, y - 0.66 * s, z + 0.2 * s], 0.014 * s],
        ],
        8,
      ),
      person.hair,
    ),
    part(
      blob([x + side * 0.71 * s, y + 0.02 * s, z + 0.02 * s], [0.07 * s, 0.13 * s, 0.19 * s], 1, LOW),
      person.skin,
    ),
  ];
  const skull = joined([
    blob([x, y, z + 0.2 * s], [0.7 * s, 0.8 * s, 0.76 * s], 0.95, { nu: 28, nv: 20 }),
    blob([x, y - 0.13 * s, z - 0.28 * s], [0.56 * s, 0.62 * s, 0.66 * s], 0.92, { nu: 28, nv: 20 }),
    limb(
      [
        [[x, y - 0.76 * s, z + 0.12 * s], 0.05 * s],
        [[x, y - 0.86 * s, z - 0.06 * s], 0.075 * s],
        [[x, y - 0.9 * s, z - 0.17 * s], 0.1 * s],
        [[x, y - 0.78 * s, z - 0.24 * s], 0.06 * s],
      ],
      10,
    ),
    limb(
      [
        [[x, y + 0.05 * s, z - 0.55 * s], 0.4 * s],
        [[x, y + 0.12 * s, z - 1.1 * s], 0.37 * s],
        [[x, y + 0.14 * s, z - 1.5 * s], 0.5 * s],
      ],
      20,
    ),
  ]);
  const hair: Part[] = options.hat
    ? []
    : [
        part(
          blob([x, y + 0.14 * s, z + 0.32 * s], [0.76 * s, 0.78 * s, 0.78 * s], 0.95, { nu: 30, nv: 20 }),
          person.hair,
        ),
      ];
  if (person.long)
    hair.push(
      part(
        limb(
          [
            [[x - 0.62 * s, y + 0.2 * s, z + 0.2 * s], 0.22 * s],
            [[x - 0.72 * s, y + 0.22 * s, z - 0.6 * s], 0.26 * s],
            [[x - 0.62 * s, y + 0.25 * s, z - 1.3 * s], 0.14 * s],
          ],
          14,
        ),
        person.hair,
      ),
      part(
        limb(
          [
            [[x + 0.62 * s, y + 0.2 * s, z + 0.2 * s], 0.22 * s],
            [[x + 0.72 * s, y + 0.22 * s, z - 0.6 * s], 0.26 * s],
            [[x + 0.62 * s, y + 0.25 * s, z - 1.3 * s], 0.14 * s],
          ],
          14,
        ),
        person.hair,
      ),
      part(
        blob([x, y + 0.42 * s, z - 0.35 * s], [0.66 * s, 0.42 * s, 0.9 * s], 0.9, { nu: 24, nv: 16 }),
        person.hair,
      ),
    );
  return [
    part(skull, person.skin),
    ...eye(-1),
    ...eye(1),
    part(blob([x, y - 0.7 * s, z - 0.48 * s], [0.19 * s, 0.08 * s, 0.05 * s], 1, LOW), lips),
    ...hair,
  ];
}
const LOW = { nu: 14, nv: 10 };
const redder = (c: Rgb): Rgb => [c[0] * 0.8, c[1] * 0.52, c[2] * 0.52];

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

/** A bystander in metres, standing at the origin and looking towards −y; for crowds out of focus. */
export function bystander(r: Random): Part[] {
  const person = personOf(r);
  const step = r.between(0.02, 0.2);
  return [
    ...head(person, [0, 0, 1.58], 0.13),
    {
      mesh: joined([
        blob([0, 0, 1.18], [0.21, 0.13, 0.3], 0.75, { nu: 20, nv: 14 }),
        limb([
          [[0.19, 0, 1.4], 0.07],
          [[0.27, 0.03, 1.12], 0.055],
          [[0.26, -0.05, 0.88], 0.04],
        ]),
        limb([
          [[-0.19, 0, 1.4], 0.07],
          [[-0.27, 0.03, 1.12], 0.055],
          [[-0.26, -0.05, 0.88], 0.04],
        ]),
      ]),
      skin: person.top,
    },
    {
      mesh: joined([
        limb([
          [[0.1, 0, 0.95], 0.11],
          [[0.1, -step / 2, 0.5], 0.08],
          [[0.1, -step, 0.06], 0.06],
        ]),
        limb([
          [[-0.1, 0, 0.95], 0.11],
          [[-0.1, step / 2, 0.5], 0.08],
          [[-0.1, step, 0.06], 0.06],
        ]),
      ]),
      skin: person.legs,
    },
    {
      mesh: joined([
        blob([0.1, -step - 0.05, 0.04], [0.05, 0.13, 0.045], 0.7, LOW),
        blob([-0.1, step - 0.05, 0.04], [0.05, 0.13, 0.045], 0.7, LOW),
      ]),
      skin: person.shoes,
    },
  ];
}
