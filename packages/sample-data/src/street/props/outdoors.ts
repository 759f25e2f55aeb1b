import { mix, type Vec3 } from '../../mesh/mesh.ts';
import { blob, sheet, tube } from '../../mesh/shapes.ts';
import type { Random } from '../../random.ts';
import type { Part } from '../../render/scene.ts';
import { type MaterialName, materialOf } from '../surfaces/materials.ts';
import { at } from './furniture.ts';
import { bar, box, clump, cushion, joined, painted, wall } from './solids.ts';
import { anyTone, CAR_TONES } from './tones.ts';

const GLASS = painted('#2d3740', { rough: 0.1, gloss: 0.08 });

/** A parked car seen from its side, 4.2 m. */
export function car(r: Random): Part[] {
  const paint = painted(r.pick(CAR_TONES), { rough: 0.2, gloss: 0.06 });
  const wheel = (x: number): Part[] => [
    {
      mesh: blob([x, -0.78, 0.32], [0.33, 0.12, 0.33], 0.7, { nu: 20, nv: 12 }),
      skin: painted('#1d1d1f', { rough: 0.9 }),
    },
    {
      mesh: blob([x, -0.86, 0.32], [0.2, 0.06, 0.2], 0.9, { nu: 16, nv: 10 }),
      skin: painted('#9b9da0', { metal: true, gloss: 0.6, rough: 0.3 }),
    },
  ];
  return [
    { mesh: box([3.9, 1.6, 0.01]), skin: painted('#1c1b1a', { rough: 1, gloss: 0 }) },
    {
      mesh: joined([
        cushion([4.2, 1.7, 0.62], [0, 0, 0.22], 0.28),
        cushion([2.5, 1.45, 0.62], [0.15, 0, 0.72], 0.45),
      ]),
      skin: paint,
    },
    {
      mesh: joined([
        cushion([1.02, 1.5, 0.36], [-0.36, 0, 0.88], 0.35),
        cushion([1.02, 1.5, 0.36], [0.72, 0, 0.88], 0.35),
      ]),
      skin: GLASS,
    },
    ...wheel(-1.3),
    ...wheel(1.35),
    { mesh: box([0.1, 1.2, 0.12], [-2.08, 0, 0.55]), skin: painted('#d9d4c4', { rough: 0.1, gloss: 0.08 }) },
    { mesh: box([0.1, 1.2, 0.1], [2.08, 0, 0.58]), skin: painted('#7c2420', { rough: 0.1, gloss: 0.08 }) },
  ];
}

/** A house front at depth y from x0 to x1 with windows, sills, a door or a shop window, from the ground at z0. */
export function houseFront(
  r: Random,
  [x0, x1]: readonly [number, number],
  y: number,
  z0: number,
  high = 9,
): Part[] {
  const skin = materialOf(r, ['brick', 'stucco', 'stucco', 'plaster', 'concrete'] satisfies MaterialName[]);
  const frame = painted(r.pick(['#e4e0d6', '#4a4f4c', '#5b4636', '#2f3a40', '#8b9290']), { rough: 0.5 });
  const parts: Part[] = [wall(skin, [x0, x1], y, [z0, z0 + high])];
  const pitch = r.between(1.7, 2.4);
  const shop = r.chance(0.4);
  const [frames, panes, sills] = [[] as Part['mesh'][], [] as Part['mesh'][], [] as Part['mesh'][]];
  const doorAt = 1 + r.int(3);
  for (let x = x0 + r.between(0.7, 1.2), i = 0; x < x1 - 0.6; x += pitch, i++)
    for (let floor = 0; floor * 2.9 < high - 2; floor++) {
      const ground = floor === 0;
      const door = ground && i % 4 === doorAt;
      const [w, h] = door ? [0.95, 2.15] : ground && shop ? [pitch * 0.84, 1.9] : [1, 1.4];
      const z = z0 + (door ? 0.02 : ground && shop ? 0.45 : 0.9 + floor * 2.9);
      frames.push(box([w + 0.14, 0.08, h + 0.14], [x, y, z - 0.07]));
      panes.push(
        box(
          [w / 2 - 0.03, 0.03, door ? h * 0.4 : h - 0.06],
          [x - w / 4, y - 0.035, z + (door ? h * 0.52 : 0.03)],
        ),
      );
      panes.push(
        box(
          [w / 2 - 0.03, 0.03, door ? h * 0.4 : h - 0.06],
          [x + w / 4, y - 0.035, z + (door ? h * 0.52 : 0.03)],
        ),
      );
      if (!door) sills.push(box([w + 0.3, 0.22, 0.07], [x, y - 0.05, z - 0.14]));
    }
  parts.push(
    { mesh: joined(frames), skin: frame },
    { mesh: joined(panes), skin: GLASS },
    {
      mesh: joined([...sills, box([x1 - x0, 0.1, 0.4], [(x0 + x1) / 2, y - 0.02, z0])]),
      skin: painted('#8d8880', { rough: 0.95, weave: 'suede', depth: 0.1, repeat: [20, 1] }),
    },
  );
  if (shop) {
    const cloth = painted(r.pick(['#7a3b35', '#3f5a4c', '#46566b', '#b8a98c']), { rough: 1 });
    parts.push({
      mesh: sheet([x0 + 0.4, y - 0.03, z0 + 2.75], [pitch * 2.4, 0, 0], [0, -0.9, -0.45], 2),
      skin: cloth,
    });
  }
  return parts;
}

export function tree(r: Random, high = r.between(3.5, 6)): Part[] {
  const leaf = materialOf(r, 'leaves').skin;
  const crown = Array.from({ length: 9 }, (_, i) => {
    const angle = i * 2.4;
    const out = (i === 0 ? 0 : 0.24) * high * r.between(0.6, 1.1);
    return clump(
      [Math.cos(angle) * out, Math.sin(angle) * out * 0.8, high * r.between(0.62, 0.98)],
      high * r.between(0.13, 0.2),
      i,
    );
  });
  return [
    {
      mesh: tube(
        (t): Vec3 => [0.05 * Math.sin(t * 4), 0, t * high * 0.7],
        (t) => mix(0.14, 0.07, t),
        { nu: 10, nv: 8 },
      ),
      skin: materialOf(r, 'bark').skin,
    },
    { mesh: joined(crown), skin: leaf },
  ];
}

export function bush(r: Random): Part[] {
  const clumps = Array.from({ length: 5 }, (_, i) =>
    clump([(i - 2) * 0.32, r.between(-0.1, 0.1), r.between(0.25, 0.45)], r.between(0.3, 0.48), i * 2),
  );
  return [{ mesh: joined(clumps), skin: materialOf(r, 'leaves').skin }];
}

export function bin(r: Random): Part[] {
  return [
    {
      mesh: box([0.62, 0.7, 0.95], [0, 0, 0.06]),
      skin: painted(r.pick(['#3f4a43', '#3a3f47', '#6b6f70', '#5a4a3a']), { rough: 0.5 }),
    },
    {
      mesh: cushion([0.68, 0.78, 0.1], [0, 0, 1], 0.2),
      skin: painted(r.pick(['#3f4a43', '#2a2b2e', '#8a7a3a']), { rough: 0.5 }),
    },
  ];
}

export function pole(r: Random): Part[] {
  const steel = painted('#7b7e80', { metal: true, gloss: 0.4, rough: 0.5 });
  return [
    { mesh: bar([0, 0, 0], [0, 0, 4.5], 0.045, 0.04, 12), skin: steel },
    ...(r.chance(0.6)
      ? [
          {
            mesh: box([0.5, 0.02, 0.5], [0, -0.05, 2.1]),
            skin: painted(r.pick(['#2f4f7d', '#a33a32', '#d8d5cd', '#d0a93a']), { rough: 0.3 }),
          },
        ]
      : []),
  ];
}

export function bench(r: Random): Part[] {
  const slats = [-0.15, -0.03, 0.09].map((y) => box([1.6, 0.1, 0.035], [0, y, 0.43]));
  const back = [0.58, 0.7, 0.82].map((z) => box([1.6, 0.03, 0.09], [0, 0.2 + (z - 0.5) * 0.2, z]));
  const legs = [-0.65, 0.65].flatMap((x) => [
    box([0.06, 0.4, 0.43], [x, 0, 0]),
    box([0.05, 0.05, 0.5], [x, 0.24, 0.42]),
  ]);
  return [
    {
      mesh: joined([...slats, ...back]),
      skin: painted(r.pick(['#7b5c3e', '#8f8371', '#4e5b4c']), { rough: 0.8 }),
    },
    { mesh: joined(legs), skin: painted('#2c2c2d', { rough: 0.6 }) },
  ];
}

export function bicycle(r: Random): Part[] {
  const ring = (x: number) =>
    tube(
      (t): Vec3 => [x + 0.33 * Math.cos(t * 6.2832), 0, 0.34 + 0.33 * Math.sin(t * 6.2832)],
      () => 0.018,
      { nu: 6, nv: 28 },
    );
  const frame = painted(anyTone(r), { rough: 0.3, gloss: 0.05 });
  return [
    { mesh: joined([ring(-0.52), ring(0.52)]), skin: painted('#1f1f20') },
    {
      mesh: joined([
        bar([-0.52, 0, 0.34], [-0.2, 0, 0.82], 0.014),
        bar([-0.52, 0, 0.34], [-0.05, 0, 0.32], 0.014),
        bar([-0.05, 0, 0.32], [-0.2, 0, 0.9], 0.017),
        bar([-0.05, 0, 0.32], [0.4, 0, 0.78], 0.019),
        bar([-0.2, 0, 0.78], [0.4, 0, 0.82], 0.017),
        bar([0.38, 0, 0.98], [0.52, 0, 0.34], 0.016),
        bar([0.36, -0.24, 1], [0.36, 0.24, 1], 0.013),
      ]),
      skin: frame,
    },
    { mesh: cushion([0.26, 0.14, 0.06], [-0.22, 0, 0.9], 0.5), skin: painted('#2a2320') },
  ];
}

/** Far houses or a far line of trees with haze before them: pale and without detail. */
export function skyline(r: Random, y: number, z0: number, green: boolean): Part[] {
  const parts: Part[] = [];
  for (let x = -16; x < 16; ) {
    const w = r.between(2.5, 5);
    const tone = green
      ? r.pick(['#8b9a84', '#7d8d78', '#98a48f'])
      : r.pick(['#b3b1ad', '#a6a8aa', '#bdb5a8', '#9fa3a8']);
    parts.push(
      green
        ? {
            mesh: clump([x + w / 2, y, z0 + 1.5], w * 0.7, x),
            skin: { ...materialOf(r, 'leaves').skin, art: null, colour: painted(tone).colour },
          }
        : {
            mesh: box([w, 2, r.between(7, 14)], [x + w / 2, y + r.between(0, 3), z0]),
            skin: painted(tone, { rough: 1, gloss: 0 }),
          },
    );
    x += w * r.between(0.8, 1.1);
  }
  return parts;
}

/** Something that stands on a pavement or by a path. */
export const STREET_FURNITURE = [
  bin,
  pole,
  bicycle,
  tree,
  bush,
  bench,
  (r: Random) => at(bush(r), [0, 0.2, 0]),
] as const;
