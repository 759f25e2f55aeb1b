import { surface } from '../../mesh/surface.ts';
import type { Part } from '../../render/scene.ts';
import { cushion, ground, painted } from '../props/solids.ts';
import { calmTone } from '../props/tones.ts';
import { materialOf } from '../surfaces/materials.ts';
import { roomWall } from './room.ts';
import { inMetres, MIDDLE, type PlaceHow, type Setting } from './setting.ts';

const HIGH = 0.5;

/** A bed with creased linen, pillows, a folded throw, the wall of the bedroom behind. */
export function bed({ r, metre }: PlaceHow): Setting {
  const linen = materialOf(r, 'linen');
  const phase = r.between(0, 6);
  const [slow, lean] = [r.between(3, 6), r.between(-0.6, 0.6)];
  const height = (x: number, y: number): number => {
    const away = Math.min(1, Math.hypot(x, y) / 0.9);
    const crease = Math.sin((x + lean * y) * slow * 2.2 + phase + 1.4 * Math.sin(y * 3.1 + phase));
    const fine = Math.sin((x * lean - y) * 21 + 2 * Math.sin(x * 7 + phase)) * 0.35;
    return (
      0.004 + (0.004 + 0.02 * away) * (Math.abs(crease) ** 0.7 * Math.sign(crease) + fine) - 0.012 * away
    );
  };
  const sheetPart: Part = {
    mesh: surface(
      (u, v) => {
        const [x, y] = [(u - 0.5) * 2, 1.1 - v * 2.3];
        return [x, y, Math.min(0, height(x, y) - 0.012)];
      },
      { nu: 64, nv: 64, flip: true, uv: (u, v) => [(u * 2) / linen.tile, (v * 2.3) / linen.tile] },
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
