import type { Kind } from '../../catalog/kinds.ts';
import type { Good } from '../../goods/build-good.ts';
import { unitScale } from '../../goods/stand.ts';
import type { Vec3 } from '../../mesh/mesh.ts';
import { blob } from '../../mesh/shapes.ts';
import type { Random } from '../../random.ts';
import type { Part } from '../../render/scene.ts';
import { joined, moved } from '../props/solids.ts';
import { metresOf } from '../real-size.ts';
import { figure, legs, sneakers } from './figure.ts';
import { grippingHand, restingHand } from './hand.ts';
import { head } from './head.ts';
import { limb, type Person, personOf } from './person.ts';

/** A good on somebody, all in the good's own units. */
export type Worn = {
  body: Part[];
  /** Parts of the good beyond its own: the other shoe of the pair. */
  more: Part[];
  /** Height of the floor under the good's lowest point, metres. */
  drop: number;
  /** Where in the picture's height the good's middle should lie: low for tops, so that a head fits in. */
  aim: number;
};

/** Units of the good in one metre. */
const metreIn = (good: Good): number => 1 / (unitScale(good) * metresOf(good));

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
  const ankle: Vec3 = boot ? [shaftMiddle(good), 0, good.high[2] - 0.12] : [-0.26, 0, 0.1];
  const bare = r.chance(0.35);
  const parts: Part[] = [];
  for (const [x, y] of [
    [0, 0],
    [ahead, apart],
  ] as const) {
    const [ax, az] = [ankle[0] + x, ankle[2]];
    const wide = boot ? 0.17 : 0.135;
    parts.push({
      mesh: limb([
        [[ax, y, az], wide],
        [[ax + 0.01, y, az + 0.35], wide + 0.01],
        [[ax - 0.02, y, az + 0.9], 0.2],
        [[ax + 0.04, y, az + 1.45], 0.2],
        [[ax + 0.05, y, az + 2.6], 0.3],
      ]),
      skin: boot && !bare ? person.legs : person.skin,
    });
    if (!bare)
      parts.push({
        mesh: limb([
          [[ax + 0.01, y, az + (boot ? 0.06 : 0.24)], boot ? 0.19 : 0.21],
          [[ax, y, az + 0.9], 0.245],
          [[ax + 0.04, y, az + 1.5], 0.25],
          [[ax + 0.05, y, az + 2.7], 0.33],
        ]),
        skin: person.legs,
      });
    else if (!boot)
      parts.push({
        mesh: limb([
          [[ax, y, az], 0.14],
          [[ax + 0.01, y, az + 0.32], 0.148],
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

function carried(good: Good, person: Person, r: Random): Worn {
  const m = metreIn(good);
  if (good.spec.style === 2) return backpacked(good, person, r);
  const top = good.high[2];
  const side = r.pick([-1, 1] as const);
  const hip = side * 0.26 * m;
  const shoulder: Vec3 = [side * 0.08 * m, 0.06 * m, top + 0.62 * m];
  return {
    body: [
      restingHand(person, {
        wrist: [0.01 * m, 0.02 * m, top + 0.07 * m],
        way: [0, -0.1, -1],
        across: [side, 0, 0],
        bend: [0, -1, 0],
        size: 0.15 * m,
      }),
      {
        mesh: limb([
          [[0.01 * m, 0.02 * m, top + 0.08 * m], 0.036 * m],
          [[side * 0.01 * m, 0.05 * m, top + 0.3 * m], 0.052 * m],
          [shoulder, 0.07 * m],
        ]),
        skin: person.top,
      },
      {
        mesh: blob([hip, 0.1 * m, top + 0.42 * m], [0.19 * m, 0.13 * m, 0.34 * m], 0.7, { nu: 26, nv: 18 }),
        skin: person.top,
      },
      ...legs(person, {
        x: hip,
        y: 0.1 * m,
        hip: top + 0.15 * m,
        floor: good.low[2] - 0.35 * m,
        m,
        skin: person.legs,
      }),
    ],
    more: [],
    drop: 0.35,
    aim: r.between(0.52, 0.62),
  };
}

/** A backpack seen on somebody's back. */
function backpacked(good: Good, person: Person, r: Random): Worn {
  const m = metreIn(good);
  const top = good.high[2];
  const y = good.high[1] * 0.72 + 0.05 * m;
  const line = top - 0.02 * m;
  const away: Part[] = head({ ...person, skin: person.skin }, [0, 0, 0], 0.125 * m).map(({ mesh, skin }) => ({
    mesh: turnedRound(mesh, [0, y, line + 0.24 * m]),
    skin,
  }));
  const arm = (side: number) =>
    limb([
      [[side * 0.19 * m, y, line - 0.04 * m], 0.075 * m],
      [[side * 0.27 * m, y, line - 0.32 * m], 0.056 * m],
      [[side * 0.27 * m, y + 0.08 * m, line - 0.58 * m], 0.042 * m],
    ]);
  return {
    body: [
      ...away,
      {
        mesh: joined([
          blob([0, y, line - 0.26 * m], [0.205 * m, 0.115 * m, 0.33 * m], 0.72, { nu: 28, nv: 18 }),
          arm(-1),
          arm(1),
        ]),
        skin: person.top,
      },
      restingHand(person, {
        wrist: [0.27 * m, y + 0.08 * m, line - 0.6 * m],
        way: [0, 0.1, -1],
        across: [0, 1, 0],
        bend: [-0.5, 0, 0],
        size: 0.17 * m,
      }),
      restingHand(person, {
        wrist: [-0.27 * m, y + 0.08 * m, line - 0.6 * m],
        way: [0, 0.1, -1],
        across: [0, 1, 0],
        bend: [0.5, 0, 0],
        size: 0.17 * m,
      }),
      ...legs(person, { x: 0, y, hip: line - 0.5 * m, floor: line - 1.42 * m, m, skin: person.legs }),
    ],
    more: [],
    drop: 1.42 - (top - good.low[2]) / m,
    aim: r.between(0.5, 0.6),
  };
}

const turnedRound = (mesh: Part['mesh'], by: Vec3): Part['mesh'] => {
  const turn = (values: Float32Array): Float32Array =>
    values.map((value, i) => (i % 3 === 2 ? value : -value));
  return moved(
    { ...mesh, positions: turn(mesh.positions), normals: turn(mesh.normals), tangents: turn(mesh.tangents) },
    by,
  );
};

/** A forearm through the strap, a relaxed hand, a sleeve pushed back. */
function onWrist(good: Good, person: Person, r: Random): Worn {
  const m = metreIn(good);
  const [y, z] = [0.27, (good.low[2] + good.high[2]) / 2];
  const reach = (good.high[2] - good.low[2]) / 2;
  const wide = reach * 0.8;
  const sleeve = r.between(0.5, 1.1);
  const lean = r.between(-0.15, 0.25);
  return {
    body: [
      {
        mesh: limb(
          [
            [[0.98, y, z - 0.03], wide * 0.55],
            [[0.72, y, z], wide * 0.84],
            [[0.3, y, z], wide * 0.94],
            [[-0.3, y, z], wide * 0.98],
            [[-1.4, y + 0.1, z - lean], wide * 1.25],
            [[-3, y + 0.3, z - 2.2 * lean], wide * 1.5],
          ],
          24,
        ),
        skin: person.skin,
      },
      {
        mesh: limb(
          [
            [[-sleeve, y + 0.06, z - 0.7 * lean * sleeve], wide * 1.35],
            [[-sleeve - 0.6, y + 0.12, z - lean * sleeve], wide * 1.55],
            [[-sleeve - 2.4, y + 0.3, z - 2.4 * lean], wide * 1.8],
          ],
          24,
        ),
        skin: person.top,
      },
      restingHand(person, {
        wrist: [0.75, y, z],
        way: [1, 0.06, -0.12],
        across: [0.05, 0, 1],
        bend: [0, 0.8, -0.5],
        size: 0.185 * m,
      }),
    ],
    more: [],
    drop: 0.9,
    aim: r.between(0.44, 0.56),
  };
}

function held(good: Good, person: Person, r: Random): Worn {
  const m = metreIn(good);
  const side = r.pick([-1, 1] as const);
  return {
    body: grippingHand(person, {
      hx: good.high[0] * 0.97,
      hy: ((good.high[1] - good.low[1]) / 2) * 0.95,
      z: good.high[2] * r.between(0.3, 0.45),
      side,
      size: 0.185 * m,
      low: r.between(0.7, 1.6),
    }),
    more: [],
    drop: 1.15,
    aim: r.between(0.44, 0.54),
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
