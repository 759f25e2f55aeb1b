import { torsoPoint } from '../../goods/body-shape.ts';
import { letters } from '../../label/lettering.ts';
import { mix } from '../../mesh/mesh.ts';
import { sheet } from '../../mesh/shapes.ts';
import { surface } from '../../mesh/surface.ts';
import type { Random } from '../../random.ts';
import type { Part } from '../../render/scene.ts';
import { type Texture, textureOf } from '../../render/texture.ts';
import { bar, box, ground, joined, painted, turned, wall } from '../props/solids.ts';
import { anyTone, calmTone } from '../props/tones.ts';
import { materialOf } from '../surfaces/materials.ts';
import { FAR, inMetres, MIDDLE, type PlaceHow, type Setting } from './setting.ts';

/** A shop's shelf: the goods' board with its price rail, boards above and below full of other packs. `gap` metres apart. */
export async function shelves({ r, metre }: PlaceHow, gap: number): Promise<Setting> {
  const steel = r.chance(0.5);
  const board = painted(
    r.pick(steel ? ['#d6d5d0', '#8f9290', '#3c3d3f'] : ['#b0905f', '#6d4f38', '#d2c2a3']),
    { rough: 0.5, gloss: 0.04 },
  );
  const deep = Math.max(0.16, gap * 0.55);
  const half = gap * 3;
  const tags = await priceTags();
  const parts: Part[] = [
    {
      mesh: joined(
        [-1, 0, 1].map((i) => box([half * 2, deep * 2, gap * 0.035], [0, 0, i * gap - gap * 0.035])),
      ),
      skin: board,
    },
    { ...wall(materialOf(r, ['plaster', 'concrete', 'planks']), [-half, half], deep, [-gap * 1.2, gap * 2]) },
    {
      mesh: joined(
        [-1, 1].map((x) => box([gap * 0.05, deep * 2, gap * 3.2], [x * half * 0.72, 0, -gap * 1.2])),
      ),
      skin: board,
    },
  ];
  const rail = painted(r.pick(['#c9c8c3', '#a43a32', '#d5b13c', '#3f5f86']), { rough: 0.3, gloss: 0.05 });
  for (const i of [-1, 0, 1]) {
    const z = i * gap;
    parts.push({
      mesh: sheet([-half, -deep - 0.002, z + 0.003], [half * 2, 0, 0], [0, 0, -gap * 0.075], 8),
      skin: rail,
    });
    for (let x = -half + gap * r.between(0.1, 0.5); x < half; x += gap * r.between(0.4, 0.75))
      parts.push({
        mesh: sheet([x, -deep - 0.004, z], [gap * 0.13, 0, 0], [0, 0, -gap * 0.07]),
        skin: { ...painted('#f2efe6'), art: r.pick(tags) },
      });
  }
  const filler = [
    inMetres(packs(r, gap, [half, deep]), { metre, to: [0, 0, gap], id: MIDDLE, casts: false }),
    inMetres(packs(r, gap, [half, deep]), { metre, to: [0, 0, -gap], id: MIDDLE, casts: false }),
  ];
  return {
    actors: [inMetres(parts, { metre, casts: false }), ...filler],
    outdoors: false,
    frontal: true,
    ground: 'table',
    room: { half: 0, far: 0 },
    blur: { middle: 0.0012, far: 0.002 },
    backdrop: [
      [0.2, 0.2, 0.2],
      [0.2, 0.2, 0.2],
    ],
  };
}

/** Plain packs without print: what stands on the other boards, for sale but not ours. */
export function packs(r: Random, gap: number, [half, deep]: readonly [number, number]): Part[] {
  const parts: Part[] = [];
  for (let x = -half; x < half; ) {
    const [w, h] = [gap * r.between(0.16, 0.42), gap * r.between(0.4, 0.85)];
    const count = 1 + r.int(4);
    const skin = painted(anyTone(r), { rough: r.between(0.3, 0.8), gloss: 0.04 });
    const band = painted(r.pick(['#e8e4da', '#2c2d30', anyTone(r)]), { rough: 0.5 });
    const upright = r.chance(0.4);
    for (let i = 0; i < count && x < half; i++, x += w * 1.06) {
      const at = [x + w / 2, -deep * 0.35, 0] as const;
      if (upright) {
        parts.push({
          mesh: turned(
            [
              [0, w * 0.17],
              [0.2, w * 0.17],
              [0.36, w * 0.46],
              [1, w * 0.46],
            ],
            h,
            [...at],
          ),
          skin,
        });
        parts.push({
          mesh: turned(
            [
              [0, w * 0.468],
              [1, w * 0.468],
            ],
            h * 0.3,
            [at[0], at[1], h * 0.16],
          ),
          skin: band,
        });
      } else {
        parts.push({ mesh: box([w, deep * 0.7, h], [...at]), skin });
        parts.push({
          mesh: box([w * 0.86, 0.001, h * r.between(0.2, 0.45)], [at[0], at[1] - deep * 0.352, h * 0.4]),
          skin: band,
        });
      }
    }
    x += gap * r.between(0, 0.1);
  }
  return parts;
}

const tagArt: Texture[] = [];
/** Price tags, drawn once a process. */
async function priceTags(): Promise<Texture[]> {
  for (const [i, text] of ['4.95', '12.90', '29.-', '7.49', '59.90'].entries())
    tagArt[i] ??= await textureOf(
      `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 200 110"><rect width="200" height="110" fill="${i % 2 ? '#f6e27a' : '#f4f2ea'}"/>${letters(text, { face: 'poster', x: 100, y: 82, size: 70, within: 180, anchor: 'middle', fill: i % 2 ? '#a01f1f' : '#1d1d1f' })}<rect x="14" y="94" width="90" height="6" fill="#555"/></svg>`,
      128,
    );
  return tagArt;
}

/** A rail with other garments on hangers before and behind; the goods hang from the bar at height `bar` metres over z = 0. */
export function clothesRail({ r, metre, drop }: PlaceHow, high: number): Setting {
  const z = -drop;
  const steel = painted(r.pick(['#9a9c9e', '#2c2c2e', '#b08d4f']), { metal: true, gloss: 0.6, rough: 0.3 });
  const parts: Part[] = [
    {
      mesh: joined([
        bar([-1.6, 0, high], [1.6, 0, high], 0.014, 0.014, 10),
        bar([-1.6, 0, z], [-1.6, 0, high], 0.018),
        bar([1.6, 0, z], [1.6, 0, high], 0.018),
      ]),
      skin: steel,
    },
  ];
  const clothes = Array.from({ length: 9 }, (_, i) => {
    const x = (i - 4) * 0.34;
    return { x: x < 0 ? x - 0.2 : x + 0.2, parts: fillerGarment(r) };
  });
  return {
    actors: [
      inMetres(parts, { metre, casts: true }),
      ...clothes.map((each) =>
        inMetres(each.parts, {
          metre,
          to: [each.x + r.between(-0.05, 0.05), 0.04, high - 0.12],
          yaw: r.pick([-1, 1]) * r.between(0.9, 1.4),
          casts: true,
        }),
      ),
      inMetres(
        [
          ground(materialOf(r, ['planks', 'tiles', 'concrete', 'carpet']), 5, z, -5, 2.2),
          wall(materialOf(r, ['plaster', 'brick', 'concrete', 'planks']), [-5, 5], 2, [z, z + 3]),
        ],
        { metre, id: MIDDLE },
      ),
      inMetres(packs(r, 0.5, [2.5, 0.2]), { metre, to: [0, 1.6, z + 0.5], id: FAR }),
    ],
    outdoors: false,
    ground: 'floor',
    room: { half: 0, far: 0 },
    blur: { middle: 0.003, far: 0.004 },
    backdrop: [
      [0.3, 0.29, 0.28],
      [0.3, 0.29, 0.28],
    ],
  };
}

/** Some garment on a hanger, its top at the origin. */
function fillerGarment(r: Random): Part[] {
  const long = r.between(0.6, 1.05);
  const shape = {
    top: 0,
    hem: -long,
    widths: [0.08, 0.21, 0.22, 0.21, r.between(0.22, 0.3)] as const,
    depth: 0.06,
    waistAt: 0.55,
    dip: 0.04,
    folds: 5,
    fold: 0.06,
    phase: r.next() * 6,
  };
  const skin = painted(anyTone(r), {
    weave: 'twill',
    repeat: [12, 12],
    depth: 0.15,
    grime: 0.2,
    rough: 1,
    sheen: 0.2,
  });
  const sleeve = r.between(0.25, 0.55);
  return [
    { mesh: surface((u, v) => torsoPoint(shape, u, v), { nu: 28, nv: 18, flip: true }), skin },
    {
      mesh: joined(
        [-1, 1].map((x) =>
          bar([x * 0.19, 0, -0.08], [x * mix(0.24, 0.28, sleeve), -0.01, -0.08 - sleeve], 0.065, 0.05, 10),
        ),
      ),
      skin,
    },
    {
      mesh: joined([bar([0, 0, -0.02], [0, 0, 0.12], 0.004)]),
      skin: painted(calmTone(r), { metal: true, gloss: 0.5, rough: 0.3 }),
    },
  ];
}
