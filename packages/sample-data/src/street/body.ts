import type { Kind } from '../catalog/kinds.ts';
import type { Good } from '../goods/build-good.ts';
import { type Mesh, mix, smooth, type Vec3 } from '../mesh/mesh.ts';
import { blob, tube } from '../mesh/shapes.ts';
import type { Random } from '../random.ts';
import type { Part } from '../render/scene.ts';
import { PLAIN, type Rgb, type Skin } from '../render/skin.ts';
import { anyColour } from './place.ts';

const TONES: readonly Rgb[] = [
  [0.62, 0.4, 0.3],
  [0.5, 0.3, 0.2],
  [0.32, 0.17, 0.1],
  [0.16, 0.08, 0.05],
  [0.72, 0.52, 0.42],
];
const HAIR: readonly Rgb[] = [
  [0.02, 0.015, 0.012],
  [0.12, 0.06, 0.03],
  [0.35, 0.22, 0.08],
  [0.3, 0.3, 0.3],
];
const limb = (path: (t: number) => Vec3, from: number, to: number): Mesh =>
  tube(path, (t) => mix(from, to, smooth(0, 1, t)), { nu: 20, nv: 18 });
const line =
  (a: Vec3, b: Vec3) =>
  (t: number): Vec3 => [mix(a[0], b[0], t), mix(a[1], b[1], t), mix(a[2], b[2], t)];

type Person = { skin: Skin; hair: Skin; top: Skin; legs: Skin };

/** A body for goods that are worn or held, in the good's own units; null for goods that nobody wears. */
export function bodyParts(good: Good, r: Random): Part[] {
  const tone = r.pick(TONES);
  const cloth = (): Skin => ({
    ...PLAIN,
    colour: anyColour(r, 0.02, 0.4),
    weave: 'twill',
    repeat: [8, 8],
    depth: 0.15,
    grime: 0.25,
    rough: 0.95,
    sheen: 0.2,
  });
  const person: Person = {
    skin: { ...PLAIN, colour: tone, rough: 0.6, gloss: 0.03, sheen: 0.15 },
    hair: { ...PLAIN, colour: r.pick(HAIR), weave: 'suede', repeat: [6, 6], depth: 0.4, rough: 0.7 },
    top: cloth(),
    legs: cloth(),
  };
  return BODIES[good.spec.kind](good, person);
}

function headAt(z: number, size: number, person: Person): Part[] {
  return [
    { mesh: blob([0, 0, z], [0.72 * size, 0.85 * size, size], 0.95), skin: person.skin },
    {
      mesh: blob([0, 0.12 * size, z + 0.22 * size], [0.8 * size, 0.86 * size, 0.92 * size], 1),
      skin: person.hair,
    },
    {
      mesh: blob([0, -0.86 * size, z - 0.1 * size], [0.1 * size, 0.12 * size, 0.16 * size], 1),
      skin: person.skin,
    },
    {
      mesh: limb(line([0, 0.02, z - 0.7 * size], [0, 0.03, z - 1.9 * size]), 0.36 * size, 0.46 * size),
      skin: person.skin,
    },
  ];
}

/** Neck and head above, arms beside, legs below a garment whose shoulders are `shoulder` wide. */
function dressedBody(
  shoulder: number,
  hem: number,
  sleeves: { x: number; z: number },
  person: Person,
): Part[] {
  const size = shoulder * 0.52;
  const arms = [-1, 1].flatMap((side): Part[] => [
    {
      mesh: limb(
        line([side * shoulder * 0.8, 0, 0.82], [side * sleeves.x, -0.05, sleeves.z]),
        shoulder * 0.24,
        shoulder * 0.15,
      ),
      skin: person.skin,
    },
    {
      mesh: blob(
        [side * sleeves.x, -0.05, sleeves.z - shoulder * 0.15],
        [shoulder * 0.14, shoulder * 0.2, shoulder * 0.3],
      ),
      skin: person.skin,
    },
  ]);
  const legs = [-1, 1].map(
    (side): Part => ({
      mesh: limb(
        line([side * shoulder * 0.38, 0.02, hem + 0.25], [side * shoulder * 0.4, 0.02, hem - 1.2]),
        shoulder * 0.4,
        shoulder * 0.26,
      ),
      skin: person.legs,
    }),
  );
  return [...headAt(1 + size * 1.15, size, person), ...arms, ...legs];
}

const foot = (good: Good, person: Person): Part[] => {
  const boot = good.spec.kind === 'boot';
  const [x, z] = boot ? [-0.3, 0.55] : [-0.22, 0.18];
  return [0, 0.42].flatMap((y): Part[] => [
    ...(y ? good.parts.map(({ mesh, skin }) => ({ mesh: shifted(mesh, [0.16, y, 0]), skin })) : []),
    {
      mesh: limb(line([x + (y ? 0.16 : 0), y, z], [x + (y ? 0.22 : 0.05), y, 2.4]), boot ? 0.1 : 0.085, 0.2),
      skin: y || boot ? person.legs : person.skin,
    },
    {
      mesh: limb(
        line([x + (y ? 0.17 : 0.02), y, boot ? 0.95 : 0.6], [x + (y ? 0.22 : 0.06), y, 2.6]),
        0.15,
        0.23,
      ),
      skin: person.legs,
    },
  ]);
};

function shifted(mesh: Mesh, by: Vec3): Mesh {
  return { ...mesh, positions: mesh.positions.map((value, i) => value + (by[i % 3] as number)) };
}

/** Fingers of a hand that comes from the side and holds something of half sizes hx, hy at height z. */
export function handParts(skin: Skin, hx: number, hy: number, z: number, side: 1 | -1): Part[] {
  const fingers = Array.from({ length: 4 }, (_, i): Part => {
    const height = z + 0.13 - i * 0.085;
    const reach = [0.5, 0.62, 0.58, 0.42][i] as number;
    return {
      mesh: tube(
        (t): Vec3 => {
          const bend = Math.min(1, Math.max(0, t)) * Math.PI * 0.5;
          return [
            side * (hx + 0.05 - (hx * 2 * reach * 0.55 + 0.05) * (1 - Math.cos(bend))),
            mix(hy * 0.6 + 0.1, -hy - 0.045, Math.sin(bend)),
            height - 0.03 * t,
          ];
        },
        (t) => 0.042 - 0.01 * t,
        { nu: 12, nv: 20 },
      ),
      skin,
    };
  });
  return [
    ...fingers,
    {
      mesh: limb(
        line([side * (hx + 0.09), hy * 0.3 + 0.05, z], [side * (hx + 1.4), 0.2, z - 0.7]),
        0.13,
        0.12,
      ),
      skin,
    },
    { mesh: blob([side * (hx + 0.06), hy * 0.4 + 0.06, z], [0.09, 0.12, 0.2], 0.8), skin },
    {
      mesh: limb(
        line([side * (hx + 0.05), -hy * 0.2, z + 0.16], [side * hx * 0.55, -hy - 0.05, z + 0.27]),
        0.05,
        0.036,
      ),
      skin,
    },
  ];
}

const held = (good: Good, person: Person): Part[] =>
  handParts(person.skin, good.high[0], (good.high[1] - good.low[1]) / 2, good.high[2] * 0.42, 1);

const BODIES: Record<Kind, (good: Good, person: Person) => Part[]> = {
  sneaker: foot,
  boot: foot,
  shirt: (_good, person) => dressedBody(0.27, 0.1, { x: 0.46, z: 0.22 }, person),
  coat: (_good, person) => dressedBody(0.225, 0.05, { x: 0.33, z: 0.3 }, person),
  dress: (_good, person) => dressedBody(0.155, 0.15, { x: 0.27, z: 0.42 }, { ...person, legs: person.skin }),
  trousers: (_good, person) => [
    { mesh: blob([0, 0.01, 1.24], [0.2, 0.13, 0.36], 0.7), skin: person.top },
    ...[-1, 1].flatMap((side): Part[] => [
      { mesh: limb(line([side * 0.22, 0, 1.5], [side * 0.3, -0.05, 0.85]), 0.075, 0.05), skin: person.top },
      { mesh: blob([side * 0.3, -0.05, 0.8], [0.04, 0.06, 0.085]), skin: person.skin },
      {
        mesh: limb(line([side * 0.1, 0.01, 0.4], [side * 0.115, 0.01, -0.05]), 0.055, 0.05),
        skin: person.skin,
      },
      { mesh: blob([side * 0.115, -0.06, -0.02], [0.05, 0.12, 0.035], 0.6), skin: person.hair },
    ]),
  ],
  hat: (_good, person) => [
    ...headAt(-0.12, 0.4, person),
    { mesh: blob([0, 0.05, -1.25], [0.85, 0.34, 0.5], 0.75), skin: person.top },
  ],
  bag: (good, person) => [
    {
      mesh: limb(line([0, 0, good.high[2] - 0.04], [0.1, 0.1, good.high[2] + 1]), 0.06, 0.12),
      skin: person.top,
    },
    { mesh: blob([0, 0, good.high[2] - 0.03], [0.1, 0.07, 0.075], 0.8), skin: person.skin },
    { mesh: blob([0.32, 0.55, good.high[2] * 0.3], [0.4, 0.26, 1.4], 0.8), skin: person.legs },
  ],
  watch: (_good, person) => [
    {
      mesh: tube(
        (t): Vec3 => [mix(-1.6, 0.75, t), 0.26, 0.5],
        (t) => mix(0.33, 0.25, t),
        { nu: 28, nv: 12, flat: 0.9 },
      ),
      skin: person.skin,
    },
    { mesh: blob([1, 0.22, 0.5], [0.34, 0.16, 0.28], 0.7), skin: person.skin },
    {
      mesh: tube(
        (t): Vec3 => [mix(-2.4, -0.62, t), 0.26, 0.5],
        () => 0.38,
        { nu: 28, nv: 12 },
      ),
      skin: person.top,
    },
  ],
  carton: held,
  bottle: held,
  can: held,
  pouch: held,
};
