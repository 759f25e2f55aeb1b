import type { Kind } from '../../catalog/kinds.ts';
import type { Good } from '../../goods/build-good.ts';
import type { Vec3 } from '../../mesh/mesh.ts';
import { blob } from '../../mesh/shapes.ts';
import type { Random } from '../../random.ts';
import type { Part } from '../../render/scene.ts';
import { joined, moved } from '../props/solids.ts';
import { carried, held, onWrist } from './carried.ts';
import { figure, sneakers } from './figure.ts';
import { restingHand } from './hand.ts';
import { head } from './head.ts';
import { limb, type Person, personOf } from './person.ts';
import { metreIn, type Worn } from './wearing.ts';

export function wornBy(good: Good, r: Random): Worn {
  return BODIES[good.spec.kind](good, personOf(r), r);
}

/** Tops and dresses: a whole figure round the garment. */
function dressed(shoulder: number, top: number) {
  return (good: Good, person: Person, r: Random): Worn => {
    const dress = good.spec.kind === 'dress';
    const { parts, floor } = figure(person, {
      r,
      shoulder,
      top,
      sleeve: sleeveOf(good),
      bareLegs: dress,
      hem: good.low[2],
    });
    return {
      body: parts,
      more: [],
      drop: Math.max(0, (good.low[2] - floor) / metreIn(good)),
      aim: r.chance(0.5) ? r.between(0.42, 0.5) : r.between(0.55, 0.64),
    };
  };
}

/** Where a garment's sleeve leads the arm, and how far it covers it. */
function sleeveOf(good: Good): { from: Vec3; out: number; covers: number } {
  const { kind, style, shape } = good.spec;
  if (kind === 'coat') return { from: [0.17, 0, 0.855], out: 0.3, covers: 0.56 };
  if (kind === 'dress') return { from: [0.115, 0, 0.9], out: 0.45, covers: 0.12 + 0.3 * shape[1] };
  if (style === 2) return { from: [0.2, 0, 0.845], out: 0.34, covers: 0.64 };
  return { from: [0.2, 0, 0.845], out: 0.6, covers: 0.24 };
}

/** Legs in a pair of shoes, one foot a step ahead. */
function footed(good: Good, person: Person, r: Random): Worn {
  const boot = good.spec.kind === 'boot';
  const ahead = r.between(-0.5, 0.5);
  const apart = r.between(0.36, 0.5);
  const ankle: Vec3 = boot ? [shaftMiddle(good), 0, good.high[2] - 0.12] : [-0.26, 0, good.high[2] * 0.6];
  const bare = r.chance(0.35);
  const parts: Part[] = [];
  for (const [x, y] of [
    [0, 0],
    [ahead, apart],
  ] as const) {
    const [ax, az] = [ankle[0] + x, ankle[2]];
    const wide = boot ? 0.17 : 0.105;
    parts.push({
      mesh: limb([
        [[ax, y, az], wide],
        [[ax + 0.01, y, az + 0.3], wide + 0.01],
        [[ax - 0.02, y, az + 0.9], 0.2],
        [[ax + 0.04, y, az + 1.45], 0.2],
        [[ax + 0.05, y, az + 2.6], 0.3],
      ]),
      skin: boot && !bare ? person.legs : person.skin,
    });
    if (!bare)
      parts.push({
        mesh: limb([
          [[ax + 0.01, y, az + (boot ? 0.06 : 0.18)], boot ? 0.19 : 0.21],
          [[ax, y, az + 0.9], 0.245],
          [[ax + 0.04, y, az + 1.5], 0.25],
          [[ax + 0.05, y, az + 2.7], 0.33],
        ]),
        skin: person.legs,
      });
    else if (!boot)
      parts.push({
        mesh: limb([
          [[ax, y, az], 0.115],
          [[ax + 0.01, y, good.high[2] + 0.14], 0.132],
        ]),
        skin: person.shoes,
      });
  }
  const other = good.parts.map(({ mesh, skin }) => ({ mesh: moved(mesh, [ahead, apart, 0]), skin }));
  return { body: parts, more: other, drop: 0, aim: r.between(0.56, 0.68) };
}

/** Middle of a boot's shaft at its upper edge, along x. */
function shaftMiddle(good: Good): number {
  let [low, high] = [Infinity, -Infinity];
  for (const { mesh } of good.parts)
    for (let i = 0; i < mesh.positions.length; i += 3) {
      if ((mesh.positions[i + 2] as number) < good.high[2] * 0.86) continue;
      low = Math.min(low, mesh.positions[i] as number);
      high = Math.max(high, mesh.positions[i] as number);
    }
  return Math.min(-0.15, (low + high) / 2);
}

/** Trousers: a top above, shoes below. */
function trousered(good: Good, person: Person, r: Random): Worn {
  const short = good.spec.style === 2;
  const u = short ? 1.5 : 1;
  const hand = r.pick([-1, 1]);
  const arm = (side: number): Part[] => [
    {
      mesh: limb([
        [[side * 0.19 * u, 0, 1 + 0.42 * u], 0.06 * u],
        [[side * 0.27 * u, 0.03, 1 + 0.14 * u], 0.05 * u],
        [[side * (side === hand ? 0.17 : 0.29) * u, -0.09 * u, 1 - 0.06 * u], 0.036 * u],
      ]),
      skin: person.top,
    },
    restingHand(person, {
      wrist: [side * (side === hand ? 0.17 : 0.29) * u, -0.1 * u, 1 - 0.07 * u],
      way: [0, -0.1, -1],
      across: [0, -1, 0],
      bend: [-side * 0.5, 0, 0],
      size: 0.15 * u,
    }),
  ];
  const shin = good.low[2] + 0.08;
  const foot = short ? 1 - 1.05 * u : -0.045;
  const ankles = [-1, 1].map((side): Vec3 => [side * (short ? 0.17 : 0.115), 0.01, foot + 0.07 * u]);
  return {
    body: [
      ...head(person, [0, 0, 1 + 0.72 * u], 0.115 * u),
      {
        mesh: joined([
          blob([0, 0.005, 1 + 0.2 * u], [0.185 * u, 0.12 * u, 0.32 * u], 0.72, { nu: 30, nv: 20 }),
        ]),
        skin: person.top,
      },
      ...arm(-1),
      ...arm(1),
      {
        mesh: joined(
          ankles.map((to) =>
            limb([
              [[to[0], 0, shin + 0.25 * u], 0.05 * u],
              [[to[0], 0.01, shin], 0.055 * u],
              [to, 0.036 * u],
            ]),
          ),
        ),
        skin: short ? person.skin : person.skin,
      },
      ...sneakers(person, ankles, u * 0.92),
    ],
    more: [],
    drop: Math.max(0, (good.low[2] - foot) / metreIn(good)),
    aim: r.between(0.46, 0.56),
  };
}

function hatted(good: Good, person: Person, r: Random): Worn {
  const [size, z] = ([
    [0.53, -0.14],
    [0.53, -0.06],
    [0.44, -0.12],
  ][good.spec.style] ?? [0.5, -0.1]) as [number, number];
  const m = size / 0.125;
  const neck = z - 1.45 * size;
  return {
    body: [
      ...head(person, [0, 0.02, z], size, { hat: true }),
      {
        mesh: joined([
          limb(
            [
              [[0, 0.1 * size, neck + 0.15 * size], 0.5 * size],
              [[0, 0.1 * size, neck - 0.2 * size], 0.72 * size],
              [[0, 0.1, neck - 0.3 * m], 0.16 * m],
            ],
            24,
          ),
          blob([0, 0.06 * m, neck - 0.3 * m], [0.22 * m, 0.13 * m, 0.28 * m], 0.72, { nu: 30, nv: 20 }),
          limb([
            [[0.15 * m, 0.03 * m, neck - 0.1 * m], 0.075 * m],
            [[0.235 * m, 0.03 * m, neck - 0.3 * m], 0.06 * m],
            [[0.25 * m, 0, neck - 0.55 * m], 0.05 * m],
          ]),
          limb([
            [[-0.15 * m, 0.03 * m, neck - 0.1 * m], 0.075 * m],
            [[-0.235 * m, 0.03 * m, neck - 0.3 * m], 0.06 * m],
            [[-0.25 * m, 0, neck - 0.55 * m], 0.05 * m],
          ]),
        ]),
        skin: person.top,
      },
    ],
    more: [],
    drop: 1.62,
    aim: r.between(0.3, 0.42),
  };
}

const BODIES: Record<Kind, (good: Good, person: Person, r: Random) => Worn> = {
  sneaker: footed,
  boot: footed,
  shirt: dressed(0.27, 1),
  coat: dressed(0.225, 1),
  dress: dressed(0.155, 1),
  trousers: trousered,
  hat: hatted,
  bag: carried,
  watch: onWrist,
  carton: held,
  bottle: held,
  can: held,
  pouch: held,
};
