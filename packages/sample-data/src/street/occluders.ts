import { type Mesh, mix, type Vec3 } from '../mesh/mesh.ts';
import type { Placement } from '../mesh/place.ts';
import { tube } from '../mesh/shapes.ts';
import type { Random } from '../random.ts';
import { axesOf } from '../render/camera.ts';
import type { Actor, Camera, Part } from '../render/scene.ts';
import { restingHand } from './bodies/hand.ts';
import { limb, personOf } from './bodies/person.ts';
import { extentOf, pointsOf } from './framing.ts';
import type { Range } from './groups.ts';
import { SHARP } from './places/setting.ts';
import { bar, box, joined, painted, turned } from './props/solids.ts';
import { anyTone, calmTone } from './props/tones.ts';
import { pixelsOf, rehearsalSize, wholeArea } from './rehearsal.ts';
import { materialOf } from './surfaces/materials.ts';

/**
 * Something that comes between camera and good. Metres; x to the picture's right, y away, z up; its tip at the
 * origin and the rest below (−z), so that it can be pushed in from any side of the frame.
 */
type Intruder = {
  parts: Part[];
  /** How wide it is, metres: with `fills` (share of the good's shorter side) it says how near the lens it is. */
  wide: number;
  fills: Range;
  /** From where it may come, degrees: 0 = from below, 90 = from the right. Straps and posts lie across that way. */
  from: readonly number[];
  /** Its foot is level with the good's, instead of its middle. */
  stands?: boolean;
};

const hand = (r: Random): Intruder => {
  const person = personOf(r);
  const side = r.pick([-1, 1]);
  const way: Vec3 = [side * 0.12, 0, 1];
  return {
    parts: [
      restingHand(person, { wrist: [0, 0, -0.17], way, across: [side, 0.1, 0], bend: [0, 1, 0], size: 0.19 }),
      {
        mesh: limb([
          [[0, 0, -0.15], 0.029],
          [[0, -0.01, -0.28], 0.038],
          [[0, -0.03, -0.5], 0.046],
        ]),
        skin: person.skin,
      },
      {
        mesh: limb([
          [[0, -0.01, -0.3], 0.05],
          [[0, -0.03, -0.5], 0.062],
          [[0, -0.05, -1.4], 0.08],
        ]),
        skin: person.top,
      },
    ],
    wide: 0.095,
    fills: [0.36, 0.52],
    from: [-60, -35, 35, 60, 15],
  };
};

const sleeve = (r: Random): Intruder => {
  const person = personOf(r);
  return {
    parts: [
      {
        mesh: limb([
          [[0.02, 0, 0], 0.03],
          [[0, 0, -0.1], 0.05],
          [[0, 0, -0.35], 0.058],
          [[0, -0.03, -1.6], 0.085],
        ]),
        skin: person.top,
      },
      restingHand(person, {
        wrist: [0, 0, 0],
        way: [0.1, 0, 1],
        across: [1, 0, 0],
        bend: [0, 1, 0],
        size: 0.18,
      }),
    ],
    wide: 0.115,
    fills: [0.34, 0.5],
    from: [-80, -55, 55, 80, 100],
  };
};

/** A twig with leaves to both sides. */
const leaves = (r: Random): Intruder => {
  const skin = materialOf(r, 'leaves').skin;
  const count = 9;
  const blades = Array.from({ length: count }, (_, i) => {
    const side = i % 2 ? 1 : -1;
    const lean = side * (i === 0 ? 0 : r.between(0.75, 1.15));
    const [long, foot] = [r.between(0.13, 0.18), -0.12 - 0.045 * i];
    return tube(
      (t): Vec3 => [
        Math.sin(lean) * long * t,
        -0.012 * i * (i % 3) + 0.03 * t * t,
        foot + Math.cos(lean) * long * t - 0.04 * t * t * Math.abs(Math.sin(lean)),
      ],
      (t) => 0.002 + 0.036 * Math.sin(Math.PI * Math.min(1, Math.max(0, t)) ** 0.8),
      { nu: 8, nv: 14, flat: 0.12 },
    );
  });
  return {
    parts: [
      { mesh: joined(blades), skin },
      { mesh: bar([0, 0, -0.1], [0, 0, -1.5], 0.004, 0.012), skin: painted('#5c5340') },
    ],
    wide: 0.26,
    fills: [0.75, 1.1],
    from: [-110, -60, -20, 20, 60, 110, 160],
  };
};

const strap = (r: Random): Intruder => {
  const skin = painted(calmTone(r), { weave: 'twill', repeat: [2, 40], depth: 0.3, grime: 0.3, rough: 0.9 });
  const steel = painted('#8d9092', { metal: true, gloss: 0.6, rough: 0.3 });
  const wave = r.between(-0.04, 0.04);
  return {
    parts: [
      {
        mesh: tube(
          (t): Vec3 => [mix(1.3, -1.3, t), 0, wave * Math.sin(t * 5)],
          () => 0.024,
          { nu: 8, nv: 30, flat: 0.18 },
        ),
        skin,
      },
      { mesh: joined([box([0.045, 0.012, 0.06], [0.09, -0.004, -0.03])]), skin: steel },
    ],
    wide: 0.05,
    fills: [0.26, 0.4],
    from: [-70, -40, 40, 70, 90],
  };
};

const post = (r: Random): Intruder => ({
  parts: [
    {
      mesh: bar([-1.8, 0, 0], [1.8, 0, 0], 0.05, 0.05, 14),
      skin: r.chance(0.5) ? painted('#6e7173', { rough: 0.5 }) : materialOf(r, 'bark').skin,
    },
  ],
  wide: 0.1,
  fills: [0.3, 0.42],
  from: [90, -90],
});

/** A bottle, a mug or a small box that stands before the good, moved in from one side. */
const thing = (r: Random): Intruder => {
  const skin = painted(anyTone(r), { rough: 0.4, gloss: 0.04 });
  const side = r.pick([-1, 1] as const);
  const what = r.int(3);
  const parts: Part[] =
    what === 0
      ? [
          {
            mesh: turned(
              [
                [0, 0.016],
                [0.08, 0.018],
                [0.3, 0.02],
                [0.42, 0.046],
                [1, 0.046],
              ],
              0.32,
            ),
            skin,
          },
        ]
      : what === 1
        ? [
            {
              mesh: turned(
                [
                  [0, 0.055],
                  [0.03, 0.06],
                  [0.95, 0.056],
                  [1, 0.05],
                ],
                0.15,
              ),
              skin,
            },
          ]
        : [
            { mesh: box([0.13, 0.03, 0.2], [0, 0, 0], 0.2), skin: { ...skin, weave: 'paper', depth: 0.04 } },
            { mesh: box([0.09, 0.001, 0.05], [0, -0.016, 0.09]), skin: painted(anyTone(r)) },
          ];
  return {
    parts: parts.map((part) => ({ ...part, mesh: tipped(part.mesh, side) })),
    wide: what === 0 ? 0.09 : 0.125,
    fills: [0.42, 0.6],
    from: [90 * side],
    stands: true,
  };
};

/** An upright mesh as seen by one that moves in from the side: its up becomes the mover's right or left. */
function tipped(mesh: Mesh, side: 1 | -1): Mesh {
  const turn = (from: Float32Array): Float32Array => {
    const to = new Float32Array(from.length);
    for (let i = 0; i < from.length; i += 3) {
      to[i] = side * (from[i + 2] as number);
      to[i + 1] = from[i + 1] as number;
      to[i + 2] = -side * (from[i] as number);
    }
    return to;
  };
  return {
    ...mesh,
    positions: turn(mesh.positions),
    normals: turn(mesh.normals),
    tangents: turn(mesh.tangents),
  };
}

/** What may come before a good, by where it lies: nothing stands before what is seen from above or hangs on a wall. */
const INTRUDERS = {
  above: [hand, hand, sleeve, leaves, strap],
  level: [hand, hand, sleeve, leaves, strap, thing, thing],
  outside: [hand, sleeve, leaves, strap, post],
} as const;
export type Approach = keyof typeof INTRUDERS;

/**
 * An occluder pushed in from the side just as far as leaves a share of the good's pixels within `seen`. Null when
 * no place does (the caller tries another shot).
 */
export function occluderOf(how: {
  r: Random;
  actor: Actor;
  camera: Camera;
  width: number;
  height: number;
  seen: Range;
  metre: number;
  approach: Approach;
}): Actor | null {
  const { r, actor, camera, width, height, seen, metre } = how;
  const intruder = r.pick<(r: Random) => Intruder>(INTRUDERS[how.approach])(r);
  const size = rehearsalSize(width, height);
  const whole = wholeArea(actor, camera, size);
  const wanted = r.between(seen[0] + 0.03, seen[1] - 0.03);
  const angle = (r.pick(intruder.from) + (intruder.stands ? 0 : r.between(-8, 8))) * (Math.PI / 180);
  const fills = r.between(...intruder.fills);
  const shift = r.between(-0.18, 0.18);
  const at = placing({ intruder, actor, camera, width, height, metre, angle, fills, shift });
  let [out, deep] = [0, 1];
  let best: { actor: Actor; miss: number } | null = null;
  for (let round = 0; round < 7; round++) {
    const slide = round === 0 ? 1 : (out + deep) / 2;
    const pushed: Actor = { parts: intruder.parts, place: at(slide), id: SHARP, casts: true };
    const share = (pixelsOf([actor, pushed], camera, size).get(actor.id) ?? 0) / Math.max(1, whole);
    const miss = Math.abs(share - wanted);
    if (share >= seen[0] && share <= seen[1] && (!best || miss < best.miss)) best = { actor: pushed, miss };
    if (round === 0 && share > wanted) break;
    if (share > wanted) out = slide;
    else deep = slide;
  }
  return best?.actor ?? null;
}

/** Placement of an intruder by how far it is pushed in: 0 = just outside the good's box, 1 = across it. */
function placing(how: {
  intruder: Intruder;
  actor: Actor;
  camera: Camera;
  width: number;
  height: number;
  metre: number;
  angle: number;
  fills: number;
  shift: number;
}): (slide: number) => Placement {
  const { intruder, actor, camera, width, height, metre, angle, fills, shift } = how;
  const points = pointsOf([actor]);
  const [x0, y0, x1, y1] = extentOf(points, camera, width, height);
  const { right, up, forward } = axesOf(camera);
  // The good's nearest point: nothing may reach behind it.
  const near = Math.min(
    ...points.map((p) =>
      p.reduce((sum, x, n) => sum + (x - (camera.eye[n] as number)) * (forward[n] as number), 0),
    ),
  );
  const [w, h] = [(x1 - x0) * (width / height), y1 - y0];
  const shorter = Math.min(w, h);
  // On the picture (in heights) its width shall be fills × shorter: its distance follows, its size stays real if it can.
  const real = (intruder.wide * metre * camera.focal) / (fills * shorter);
  const depth = Math.min(near * 0.9, Math.max(near * 0.4, real));
  // A hand before a bottle is wider than the bottle; it is never made smaller than life.
  const scale = Math.max(0.75 * metre, (fills * shorter * depth) / (camera.focal * intruder.wide));
  const [s, c] = [Math.sin(angle), Math.cos(angle)];
  // The direction in which it points into the picture, and its right, in the picture's axes (x right, z up).
  const [px, pz] = [-s, c];
  const [ox, oz] = [c, s];
  const middle = [(x0 + x1) / 2 - 0.5, 0.5 - (y0 + y1) / 2] as const;
  const reach = (Math.abs(px) * w + Math.abs(pz) * h) / 2 + (fills * shorter) / 2;
  return (slide) => {
    const back = reach * (1 - 2 * slide);
    const sx = middle[0] * (width / height) - px * back + ox * shift * shorter;
    const sy = intruder.stands ? 0.48 - y1 : middle[1] - pz * back + oz * shift * shorter;
    const axis = (n: number): [number, number, number, number] => {
      const [R, U, F] = [right[n] as number, up[n] as number, forward[n] as number];
      return [
        (R * ox + U * oz) * scale,
        F * scale,
        (R * px + U * pz) * scale,
        (camera.eye[n] as number) + depth * F + (R * sx + U * sy) * (depth / camera.focal),
      ];
    };
    return Float64Array.from([...axis(0), ...axis(1), ...axis(2)]);
  };
}
