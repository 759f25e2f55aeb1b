import { mix, type Vec3 } from '../../mesh/mesh.ts';
import { blob } from '../../mesh/shapes.ts';
import type { Random } from '../../random.ts';
import type { Part } from '../../render/scene.ts';
import type { Skin } from '../../render/skin.ts';
import { joined } from '../props/solids.ts';
import { restingHand } from './hand.ts';
import { head } from './head.ts';
import { limb, type Person } from './person.ts';

/** What a garment tells of the body in it, in its own units. */
type Build = {
  r: Random;
  /** Half width of the shoulders. */
  shoulder: number;
  /** Height of the neck. */
  top: number;
  sleeve: { from: Vec3; out: number; covers: number };
  bareLegs: boolean;
  hem: number;
};

/** A standing person without the garment: head, what the sleeves leave of the arms, legs, shoes. `floor`: height of the soles. */
export function figure(person: Person, how: Build): { parts: Part[]; floor: number } {
  const { r, shoulder, top, bareLegs, hem } = how;
  const m = shoulder / 0.205;
  const line = top - 0.3 * shoulder;
  const floor = Math.min(hem - 0.12 * m, line - 1.44 * m);
  const size = 0.122 * m;
  return {
    parts: [
      ...head(person, [0, -0.01 * m, line + 0.235 * m], size),
      ...arm(person, how, { m, side: -1, bent: r.chance(0.35), r }),
      ...arm(person, how, { m, side: 1, bent: r.chance(0.35), r }),
      ...legs(person, {
        x: 0,
        y: 0.01 * m,
        hip: Math.max(hem + 0.06 * m, line - 0.58 * m),
        floor,
        m,
        skin: bareLegs ? person.skin : person.legs,
      }),
    ],
    floor,
  };
}

/** An arm that goes on where the sleeve ends: hanging, or bent before the body. */
function arm(
  person: Person,
  how: Build,
  pose: { m: number; side: 1 | -1; bent: boolean; r: Random },
): Part[] {
  const { m, side, r } = pose;
  const { from, out, covers } = how.sleeve;
  const down = Math.sqrt(1 - out * out);
  const long = covers > 0.5 * m * 0.9;
  const at = (l: number): Vec3 => [side * (from[0] + out * l * 0.94), -0.06 * l, from[2] - down * l];
  if (long) {
    const wrist: Vec3 = [side * (from[0] + out * covers * 0.88), -0.05 * covers, from[2] - down * covers];
    return [
      {
        mesh: limb([
          [at(covers * 0.7), 0.04 * m],
          [wrist, 0.034 * m],
          [[wrist[0], wrist[1] - 0.01 * m, wrist[2] - 0.03 * m], 0.033 * m],
        ]),
        skin: person.skin,
      },
      restingHand(person, {
        wrist: [wrist[0], wrist[1], wrist[2] - 0.02 * m],
        way: [side * 0.06, -0.1, -1],
        across: [0, -1, 0],
        bend: [-side * 0.6, -0.2, 0],
        size: 0.175 * m,
      }),
    ];
  }
  const elbow = at(0.3 * m);
  // A bent arm stays beside the garment: the group with hands before it is another one.
  const wrist: Vec3 = pose.bent
    ? [elbow[0] + side * 0.1 * m, elbow[1] - 0.16 * m, elbow[2] + 0.08 * m]
    : [elbow[0] + side * r.between(-0.01, 0.05) * m, elbow[1] - 0.06 * m, elbow[2] - 0.25 * m];
  const way: Vec3 = pose.bent ? [side * 0.2, -0.5, 0.85] : [0, -0.15, -1];
  return [
    {
      mesh: limb([
        [at(0.02 * m), 0.05 * m],
        [at(0.16 * m), 0.05 * m],
        [elbow, 0.042 * m],
        [
          [mix(elbow[0], wrist[0], 0.5), mix(elbow[1], wrist[1], 0.5), mix(elbow[2], wrist[2], 0.5)],
          0.04 * m,
        ],
        [wrist, 0.029 * m],
      ]),
      skin: person.skin,
    },
    restingHand(person, {
      wrist,
      way,
      across: pose.bent ? [0, -0.8, -0.4] : [0, -1, 0],
      bend: [-side * 0.7, -0.2, 0],
      size: 0.175 * m,
    }),
  ];
}

/** Hips and two legs down to shoes. */
export function legs(
  person: Person,
  how: { x: number; y: number; hip: number; floor: number; m: number; skin: Skin },
): Part[] {
  const { x, y, hip, floor, m, skin } = how;
  const bare = skin === person.skin;
  const knee = floor + 0.48 * m;
  const ankles = [-1, 1].map((side): Vec3 => [x + side * 0.095 * m, y, floor + 0.08 * m]);
  const leg = (ankle: Vec3, side: number) =>
    limb([
      [[x + side * 0.085 * m, y, Math.max(hip, knee + 0.1 * m)], 0.085 * m],
      [[x + side * 0.09 * m, y, knee + 0.2 * m], 0.078 * m],
      [[x + side * 0.092 * m, y, knee], 0.056 * m],
      [[x + side * 0.095 * m, y + 0.02 * m, knee - 0.16 * m], bare ? 0.053 * m : 0.062 * m],
      [ankle, bare ? 0.034 * m : 0.062 * m],
    ]);
  const hips = bare
    ? []
    : [blob([x, y, hip - 0.02 * m], [0.165 * m, 0.1 * m, 0.14 * m], 0.8, { nu: 22, nv: 14 })];
  return [
    { mesh: joined([...hips, leg(ankles[0] as Vec3, -1), leg(ankles[1] as Vec3, 1)]), skin },
    ...sneakers(person, ankles, m),
  ];
}

/** Plain shoes at ankles; m = units in a metre. */
export function sneakers(person: Person, ankles: readonly Vec3[], m: number): Part[] {
  return [
    {
      mesh: joined(
        ankles.flatMap(([x, y, z]) => [
          blob([x, y - 0.06 * m, z - 0.045 * m], [0.045 * m, 0.135 * m, 0.042 * m], 0.7, { nu: 18, nv: 12 }),
          blob([x, y + 0.02 * m, z - 0.01 * m], [0.044 * m, 0.06 * m, 0.05 * m], 0.8, { nu: 16, nv: 12 }),
        ]),
      ),
      skin: person.shoes,
    },
  ];
}
