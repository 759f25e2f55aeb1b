import { surface } from '../../mesh/surface.ts';
import type { Part } from '../../render/scene.ts';
import { cushion, ground, painted } from '../props/solids.ts';
import { calmTone } from '../props/tones.ts';
import { fields } from '../surfaces/fields.ts';
import { materialOf } from '../surfaces/materials.ts';
import { roomWall } from './room.ts';
import { inMetres, MIDDLE, type PlaceHow, type Setting } from './setting.ts';

const HIGH = 0.5;

/** A bed with creased linen, pillows, a folded throw, the wall of the bedroom behind. */
export function bed({ r, metre }: PlaceHow): Setting {
  const linen = materialOf(r, 'linen');
  const phase = r.between(0, 6);
  const f = fields();
  // Creases are thin ridges where two clouds meet, flatter where the good lies.
  const ridge = (x: number, y: number): number => (1 - Math.abs(2 * f.broad(x, y) - 1)) ** 5;
  const height = (x: number, y: number): number => {
    const away = Math.min(1, Math.hypot(x, y) / 0.8);
    const long = ridge(x * 0.2 + phase, y * 0.09 + x * 0.05);
    const short = ridge(x * 0.17 - y * 0.16, y * 0.21 + phase);
    return (
      (0.3 + 0.7 * away) * (0.03 * long + 0.02 * short) +
      0.05 * away * (f.broad(x * 0.08, y * 0.08 + phase) - 0.5) -
      0.03
    );
  };
  const sheetPart: Part = {
    mesh: surface(
      (u, v) => {
        const [x, y] = [(u - 0.5) * 2, 1.1 - v * 2.3];
        return [x, y, Math.min(0, height(x, y))];
      },
      { nu: 84, nv: 84, flip: true, uv: (u, v) => [(u * 2) / linen.tile, (v * 2.3) / linen.tile] },
    ),
    skin: linen.skin,
  };
  const pillowSkin = r.chance(0.5) ? linen.skin : materialOf(r, 'linen').skin;
  const pillows = [-0.42, 0.42].map(
    (x): Part => ({
      mesh: cushion([0.72, 0.44, 0.2], [x + r.between(-0.06, 0.06), 0.86, -0.03], 0.55),
      skin: { ...pillowSkin, repeat: [14, 14] },
    }),
  );
  const throwAt = r.pick([-1, 1]);
  const parts: Part[] = [
    sheetPart,
    ...pillows,
    {
      mesh: cushion([0.5, 1.1, 0.09], [throwAt * 0.98, -0.1, -0.03], 0.3),
      skin: painted(calmTone(r), {
        weave: 'knit',
        repeat: [9, 14],
        depth: 0.4,
        grime: 0.4,
        rough: 1,
        sheen: 0.2,
      }),
    },
  ];
  return {
    actors: [
      inMetres(parts, { metre, casts: true }),
      inMetres(
        [
          ground(materialOf(r, ['planks', 'carpet', 'parquet']), 4, -HIGH, -4, 1.3),
          ...roomWall(r, 1.25, -HIGH),
        ],
        { metre, id: MIDDLE },
      ),
    ],
    outdoors: false,
    ground: 'bed',
    room: { half: 0.75, far: 0.5 },
    blur: { middle: 0.004, far: 0.006 },
    backdrop: [
      [0.3, 0.29, 0.27],
      [0.3, 0.29, 0.27],
    ],
  };
}
