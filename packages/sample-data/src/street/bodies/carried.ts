import type { Good } from '../../goods/build-good.ts';
import type { Vec3 } from '../../mesh/mesh.ts';
import { blob } from '../../mesh/shapes.ts';
import type { Random } from '../../random.ts';
import type { Part } from '../../render/scene.ts';
import { joined, moved } from '../props/solids.ts';
import { legs } from './figure.ts';
import { grippingHand, restingHand } from './hand.ts';
import { head } from './head.ts';
import { limb, type Person } from './person.ts';
import { metreIn, type Worn } from './wearing.ts';

/** A bag that hangs from a hand, somebody's side next to it. */
export function carried(good: Good, person: Person, r: Random): Worn {
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
export function onWrist(good: Good, person: Person, r: Random): Worn {
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

export function held(good: Good, person: Person, r: Random): Worn {
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
