import { mix, type Vec3 } from '../mesh/mesh.ts';
import { here, place } from '../mesh/place.ts';
import { blob, lathe, sheet, tube } from '../mesh/shapes.ts';
import type { Random } from '../random.ts';
import type { Actor, Part } from '../render/scene.ts';
import { PLAIN, type Rgb, type Skin } from '../render/skin.ts';
import type { WeaveName } from '../render/weave.ts';

/** Places where shoppers take photos: what lies under the good and what stands behind it. */
const PLACES = ['room', 'street', 'table', 'park', 'tiles', 'bed'] as const;
type Place = (typeof PLACES)[number];
const UNDER: Record<Place, { weave: WeaveName; repeat: number; tones: readonly Rgb[]; gloss: number }> = {
  room: {
    weave: 'wood',
    repeat: 2.2,
    tones: [
      [0.32, 0.18, 0.09],
      [0.42, 0.28, 0.16],
      [0.16, 0.09, 0.05],
    ],
    gloss: 0.04,
  },
  street: {
    weave: 'asphalt',
    repeat: 5,
    tones: [
      [0.13, 0.13, 0.14],
      [0.28, 0.27, 0.26],
    ],
    gloss: 0.02,
  },
  table: {
    weave: 'wood',
    repeat: 1.2,
    tones: [
      [0.5, 0.36, 0.22],
      [0.62, 0.55, 0.46],
      [0.1, 0.08, 0.07],
    ],
    gloss: 0.05,
  },
  park: {
    weave: 'grass',
    repeat: 6,
    tones: [
      [0.1, 0.2, 0.05],
      [0.16, 0.22, 0.07],
    ],
    gloss: 0.01,
  },
  tiles: {
    weave: 'tiles',
    repeat: 1.6,
    tones: [
      [0.6, 0.6, 0.58],
      [0.2, 0.28, 0.32],
      [0.5, 0.4, 0.32],
    ],
    gloss: 0.06,
  },
  bed: {
    weave: 'canvas',
    repeat: 5,
    tones: [
      [0.6, 0.58, 0.55],
      [0.2, 0.25, 0.35],
      [0.45, 0.3, 0.3],
    ],
    gloss: 0.01,
  },
};

export const anyColour = (r: Random, low = 0.04, high = 0.6): Rgb => [
  r.between(low, high),
  r.between(low, high),
  r.between(low, high),
];

/** Floor and wall of a place, never the same twice, with things lying about: `busy` of them. */
export function placeActors(r: Random, busy: number): Actor[] {
  const where = r.pick(PLACES);
  const under = UNDER[where];
  const tone = r.pick(under.tones).map((c) => c * r.between(0.75, 1.25)) as unknown as Rgb;
  const floor: Partial<Skin> = {
    colour: tone,
    weave: under.weave,
    repeat: [under.repeat * 4, under.repeat * 4],
    depth: 0.3,
    grime: 0.65,
    gloss: under.gloss,
    rough: where === 'tiles' ? 0.3 : 0.75,
  };
  const wall: Partial<Skin> = {
    colour: anyColour(r, 0.15, 0.7),
    weave: r.pick(['brick', 'paper', 'wood', 'tiles'] as const),
    repeat: [6, 4],
    depth: 0.25,
    grime: 0.5,
    rough: 0.9,
  };
  const turn = place({ yaw: r.between(-0.6, 0.6) });
  const far = r.between(1, 2.6);
  const parts: Part[] = [
    { mesh: sheet([-8, 8, 0], [16, 0, 0], [0, -16, 0], 50), skin: { ...PLAIN, ...floor } },
    { mesh: sheet([-8, far, 6], [16, 0, 0], [0, 0, -6], 30), skin: { ...PLAIN, ...wall } },
  ];
  return [{ parts, place: turn, id: 0, casts: false }, ...Array.from({ length: busy }, () => thing(r, far))];
}

/** Cups, books, balls, bottles, cables: things that are not for sale. */
function thing(r: Random, far: number): Actor {
  const angle = r.between(-0.3, Math.PI + 0.3);
  const away = r.between(0.75, Math.max(0.9, far));
  const to: Vec3 = [Math.cos(angle) * away * 1.2, Math.min(far - 0.2, Math.sin(angle) * away), 0];
  const skin = { ...PLAIN, colour: anyColour(r), rough: r.between(0.2, 0.9), gloss: 0.04 };
  const size = r.between(0.15, 0.4);
  const shapes: (() => Part[])[] = [
    () => [
      {
        mesh: lathe(
          [
            [0, size * 0.9],
            [0.04, size],
            [0.9, size * 0.85],
            [1, size * 0.7],
          ],
          (v) => size * 2 * (1 - v),
          { nu: 28, nv: 12 },
        ),
        skin: { ...skin, lining: [0.06, 0.03, 0.02] },
      },
    ],
    () => [
      {
        mesh: blob([0, 0, size * 0.18], [size, size * 0.75, size * 0.18], 0.12, { nu: 28, nv: 16 }),
        skin: { ...skin, weave: 'paper', depth: 0.05 },
      },
    ],
    () => [
      { mesh: blob([0, 0, size * 0.6], [size * 0.6, size * 0.6, size * 0.6], 1, { nu: 24, nv: 16 }), skin },
    ],
    () => [{ mesh: blob([0, 0, size], [size * 0.5, size * 0.35, size], 0.15, { nu: 28, nv: 16 }), skin }],
    () => [
      {
        mesh: tube(
          (t): Vec3 => [mix(-1, 1, t) * size * 3, Math.sin(t * 9 + size * 20) * size, 0.02],
          () => 0.018,
          { nu: 6, nv: 60 },
        ),
        skin,
      },
    ],
    () => [
      {
        mesh: lathe(
          [
            [0, 0.02],
            [0.3, size * 0.2],
            [0.45, size * 0.5],
            [1, size * 0.5],
          ],
          (v) => size * 3 * (1 - v),
          { nu: 24, nv: 20 },
        ),
        skin: { ...skin, rough: 0.15, gloss: 0.07 },
      },
    ],
  ];
  return { parts: r.pick(shapes)(), place: place({ yaw: r.between(0, 6.28), to }), id: 0, casts: true };
}

/** A shelf round the good: boards above and below, for goods that stand side by side. */
export function shelfActors(r: Random): Actor[] {
  const wood = {
    ...PLAIN,
    colour: r.pick([
      [0.55, 0.53, 0.5],
      [0.4, 0.27, 0.15],
      [0.12, 0.12, 0.13],
    ] as const),
    weave: 'wood' as const,
    repeat: [3, 1] as const,
    depth: 0.1,
    grime: 0.3,
    rough: 0.6,
  };
  const board = (z: number): Part => ({
    mesh: blob([0, 0.12, z - 0.035], [4, 0.6, 0.035], 0.1, { nu: 16, nv: 12 }),
    skin: wood,
  });
  const back = {
    mesh: sheet([-5, 0.72, 4], [10, 0, 0], [0, 0, -6], 20),
    skin: {
      ...PLAIN,
      colour: anyColour(r, 0.2, 0.55),
      weave: 'paper' as const,
      repeat: [3, 3] as const,
      depth: 0.05,
    },
  };
  return [{ parts: [board(0), board(1.32), board(-1.32), back], place: here, id: 0, casts: true }];
}
