import { type Mesh, mix, smooth, type Vec3 } from '../../mesh/mesh.ts';
import { tube } from '../../mesh/shapes.ts';
import type { Random } from '../../random.ts';
import type { Skin } from '../../render/skin.ts';
import { painted } from '../props/solids.ts';
import { calmTone } from '../props/tones.ts';

/** Skin tones, sRGB. */
const TONES = ['#d9ab8c', '#c08b68', '#9a6a4a', '#6e4630', '#4a2f22', '#e3bda3'] as const;
const HAIR = ['#1d1713', '#3a281b', '#6b4a2c', '#8d8781', '#15120f'] as const;

/** Trousers that are no skin tone. */
const DENIM = ['#3f4f63', '#2c3038', '#5b5955', '#56634f', '#4a5568', '#22242a', '#b9b2a3'] as const;

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
    legs: { ...cloth(), colour: painted(r.pick(DENIM)).colour },
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
      // Both ends are rounded: fingertips, and shoulders that end inside a body.
      const cap = Math.min(1, Math.sqrt(Math.max(0, Math.min(t, 1 - t)) * last * 3.2) + 0.08);
      return mix(at(i)[1], at(i + 1)[1], smooth(0, 1, k)) * cap;
    },
    { nu, nv: last * 7 },
  );
}
