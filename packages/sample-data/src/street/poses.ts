import type { Good } from '../goods/build-good.ts';
import { sizeOf, standing, unitScale } from '../goods/stand.ts';
import type { Mesh, Vec3 } from '../mesh/mesh.ts';
import { after, type Placement, place } from '../mesh/place.ts';
import type { Random } from '../random.ts';
import type { Part } from '../render/scene.ts';
import type { Range } from './groups.ts';
import { bar, joined, painted } from './props/solids.ts';
import { isGarment } from './real-size.ts';

const DEGREE = Math.PI / 180;
export type Pose = 'standing' | 'propped' | 'flat' | 'hung';

/** Degrees above the horizon from which a pose is photographed. */
export const LIFT: Record<Pose | 'worn' | 'shelf', Range> = {
  standing: [6, 17],
  propped: [36, 56],
  flat: [56, 72],
  hung: [-5, 7],
  worn: [-3, 9],
  shelf: [-2, 8],
};

/** How a good lies when nobody wears it: garments hang or lie, a watch leans on its strap, all else stands. */
export function poseOf(good: Good, r: Random): Pose {
  if (isGarment(good)) return r.chance(0.62) ? 'hung' : 'flat';
  if (good.spec.kind === 'watch') return r.chance(0.7) ? 'propped' : 'flat';
  return 'standing';
}

/** A good made thin along its depth by `by`, as cloth lies: normals are turned accordingly. */
export function flattened(parts: readonly Part[], by: number): Part[] {
  return parts.map(({ mesh, skin }) => ({ mesh: squeezed(mesh, by), skin }));
}

function squeezed(mesh: Mesh, by: number): Mesh {
  const squeeze = (values: Float32Array, k: number): Float32Array =>
    values.map((value, i) => (i % 3 === 1 ? value * k : value));
  return {
    ...mesh,
    positions: squeeze(mesh.positions, by),
    tangents: squeeze(mesh.tangents, by),
    normals: squeeze(mesh.normals, 1 / by),
  };
}

/** Where a good is put: its parts as they lie, and how far they reach: half width, half depth, height. */
export type Posed = { parts: readonly Part[]; at: Placement; props: Part[]; reach: Vec3 };

/** Puts a good on the level z = 0 (or hangs it with its lowest point there) at `to`, turned by `yaw` degrees. */
export function posed(good: Good, pose: Pose, how: { yaw: number; scale: number; to: Vec3 }): Posed {
  const { yaw, scale, to } = how;
  const [wide, deep, high] = sizeOf(good).map((x) => x * scale) as unknown as Vec3;
  if (pose === 'flat') {
    const thin = isGarment(good) ? 0.42 : 1;
    const middle = (good.low[1] + good.high[1]) / 2;
    const laid = place({ pitch: -90 * DEGREE, to: [0, -high / 2, (deep * thin) / 2 + 0.004] });
    const s = unitScale(good) * scale;
    const inner = place({
      scale: s,
      to: [(-(good.low[0] + good.high[0]) / 2) * s, -middle * thin * s, -good.low[2] * s],
    });
    return {
      parts: thin < 1 ? flattened(good.parts, thin) : good.parts,
      at: after(place({ yaw: yaw * DEGREE, to }), after(laid, inner)),
      props: [],
      reach: [wide / 2, high / 2, deep * thin],
    };
  }
  if (pose === 'hung') {
    const thin = 0.55;
    const s = unitScale(good) * scale;
    const back = good.high[1] * thin * s;
    const inner = place({ scale: s, to: [(-(good.low[0] + good.high[0]) / 2) * s, 0, -good.low[2] * s] });
    return {
      parts: flattened(good.parts, thin),
      at: after(place({ yaw: yaw * 0.35 * DEGREE, to: [to[0], to[1] - back, to[2]] }), inner),
      props: hanger(good),
      reach: [wide / 2, back, high],
    };
  }
  if (pose === 'propped')
    return {
      parts: good.parts,
      at: after(
        place({ yaw: yaw * DEGREE, to: [to[0], to[1], to[2] - 0.01] }),
        lowered(good, -34 * DEGREE, scale),
      ),
      props: [],
      reach: [wide / 2, deep / 2, high * 0.9],
    };
  const turn = Math.abs(Math.sin(yaw * DEGREE));
  return {
    parts: good.parts,
    at: standing(good, { yaw: yaw * DEGREE, scale, to }),
    props: [],
    reach: [(wide * (1 - turn) + deep * turn) / 2, (deep * (1 - turn) + wide * turn) / 2, high],
  };
}

/** Leant back by `pitch` and let down until its lowest point touches the ground. */
function lowered(good: Good, pitch: number, scale: number): Placement {
  const leant = standing(good, { pitch, scale });
  let low = Infinity;
  for (const { mesh } of good.parts)
    for (let i = 0; i < mesh.positions.length; i += 3) {
      const p = mesh.positions;
      const z =
        (leant[8] as number) * (p[i] as number) +
        (leant[9] as number) * (p[i + 1] as number) +
        (leant[10] as number) * (p[i + 2] as number) +
        (leant[11] as number);
      if (z < low) low = z;
    }
  return after(place({ to: [0, 0, -low] }), leant);
}

/** A hanger's hook above the neck, or clips on a waistband, in the good's own units. */
function hanger(good: Good): Part[] {
  const top = good.high[2];
  const steel = painted('#8d9092', { metal: true, gloss: 0.6, rough: 0.3 });
  const hook = (z: number) =>
    joined([
      bar([0, 0, z - 0.05], [0, 0, z + 0.1], 0.005),
      bar([0, 0, z + 0.1], [0.025, 0, z + 0.13], 0.005),
      bar([0.025, 0, z + 0.13], [0, 0, z + 0.155], 0.005),
      bar([0, 0, z + 0.155], [-0.025, 0.01, z + 0.14], 0.005),
    ]);
  if (good.spec.kind !== 'trousers')
    return [
      { mesh: hook(top), skin: steel },
      {
        mesh: bar([-0.09, 0, top - 0.075], [0.09, 0, top - 0.075], 0.012),
        skin: painted('#9a7650', { rough: 0.5 }),
      },
    ];
  const half = good.high[0] * 0.55;
  return [
    {
      mesh: joined([hook(top + 0.05), bar([-half, 0, top + 0.035], [half, 0, top + 0.035], 0.008)]),
      skin: steel,
    },
    {
      mesh: joined([-half, half].map((x) => bar([x, -0.05, top - 0.03], [x, 0, top + 0.045], 0.014))),
      skin: painted('#2c2c2e', { rough: 0.4 }),
    },
  ];
}
