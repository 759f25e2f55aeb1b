import type { Random } from '../../random.ts';
import type { Actor, Part } from '../../render/scene.ts';
import { FURNITURE, wallPicture } from '../props/furniture.ts';
import { box, ground, joined, painted, wall } from '../props/solids.ts';
import { calmTone } from '../props/tones.ts';
import { materialOf } from '../surfaces/materials.ts';
import { inMetres, MIDDLE, type PlaceHow, type Setting } from './setting.ts';

/** A room at home: floor, maybe a rug, a wall with skirting, window or pictures, furniture along it. */
/** `wallAt`: metres behind the good; `aside`: half width before the wall that stays free of furniture. */
export function room(
  { r, metre, drop }: Omit<PlaceHow, 'span'>,
  wallAt = r.between(1.3, 2.6),
  aside = 0,
): Setting {
  const floor = materialOf(r, ['planks', 'planks', 'parquet', 'carpet', 'tiles']);
  const z = -drop;
  const still: Part[] = [ground(floor, 5, z, -5, wallAt + 0.1)];
  const behind: Actor[] = [inMetres(roomWall(r, wallAt, z, aside), { metre, id: MIDDLE })];
  if (r.chance(0.4) && drop < 0.3) {
    const [w, d] = [r.between(1.2, 1.9), r.between(0.9, 1.5)];
    still.push({
      mesh: box([w, d, 0.001], [r.between(-0.3, 0.3), r.between(0, 0.4), z + 0.0005], Math.max(w, d)),
      skin: materialOf(r, 'rug').skin,
    });
  }
  behind.push(...furnitureAlong(r, { metre, wallAt, z, aside }));
  return {
    actors: [inMetres(still, { metre }), ...behind],
    outdoors: false,
    ground: 'floor',
    level: z,
    room: { half: 1.1, far: wallAt - 0.5 },
    blur: { middle: metre > 2 ? 0.0045 : 0.002, far: 0.006 },
    backdrop: [
      [0.62, 0.6, 0.57],
      [0.5, 0.48, 0.45],
    ],
  };
}

/** Wall with skirting and what hangs on it. */
export function roomWall(r: Random, y: number, z: number, aside = 0): Part[] {
  const paper = materialOf(r, ['plaster', 'plaster', 'plaster', 'wallpaper', 'flowered', 'brick']);
  const parts: Part[] = [
    wall(paper, [-5, 5], y, [z, z + 2.8]),
    {
      mesh: box([10, 0.03, 0.09], [0, y - 0.015, z]),
      skin: painted(r.pick(['#e4e1d9', '#d5d0c5', '#7a6753']), { rough: 0.5 }),
    },
  ];
  if (r.chance(0.45)) parts.push(...windowIn(r, beside(r, aside), y, z + 0.9));
  for (let i = 0; i < 1 + r.int(3); i++)
    parts.push(...wallPicture(r, [beside(r, aside * 0.7), y - 0.02, z + r.between(1.3, 1.8)]));
  return parts;
}

/** A place along a wall, the middle `aside` metres to both sides left free. */
const beside = (r: Random, aside: number): number =>
  r.pick([-1, 1]) * r.between(aside, Math.max(1.7, aside + 0.5));

/** A bright window with bars, sill and curtains. */
function windowIn(r: Random, x: number, y: number, z: number): Part[] {
  const [w, h] = [r.between(0.9, 1.5), 1.35];
  const frame = painted('#e2dfd7', { rough: 0.5 });
  const glow = r.pick([
    [1.5, 1.6, 1.7],
    [1.2, 1.25, 1.3],
    [0.7, 0.78, 0.9],
  ] as const);
  const curtain = painted(r.pick(['#cfc7b8', '#a8a99f', '#8b8f92', '#b99d86']), {
    rough: 1,
    sheen: 0.2,
    weave: 'rib',
    repeat: [1.2, 1],
    depth: 0.5,
    grime: 0.35,
  });
  return [
    { mesh: box([w, 0.02, h], [x, y - 0.01, z]), skin: { ...painted('#ffffff'), colour: glow } },
    {
      mesh: joined([
        box([0.06, 0.05, h], [x - w / 2, y - 0.03, z]),
        box([0.06, 0.05, h], [x + w / 2, y - 0.03, z]),
        box([0.04, 0.05, h], [x, y - 0.03, z]),
        box([w, 0.05, 0.05], [x, y - 0.03, z + h]),
        box([w, 0.05, 0.04], [x, y - 0.03, z + h * 0.62]),
        box([w + 0.2, 0.16, 0.04], [x, y - 0.08, z - 0.04]),
      ]),
      skin: frame,
    },
    {
      mesh: joined([
        box([0.34, 0.06, h + 0.5], [x - w / 2 - 0.12, y - 0.1, z - 0.35]),
        box([0.34, 0.06, h + 0.5], [x + w / 2 + 0.12, y - 0.1, z - 0.35]),
      ]),
      skin: curtain,
    },
  ];
}

function furnitureAlong(
  r: Random,
  how: { metre: number; wallAt: number; z: number; aside: number },
): Actor[] {
  const { metre, wallAt, z, aside } = how;
  const actors: Actor[] = [];
  for (let x = r.between(-2.4, -1.6); x < 2.2; x += r.between(0.9, 1.7)) {
    if (Math.abs(x) < aside) continue;
    const parts = r.pick(FURNITURE)(r);
    const to = [x, wallAt - r.between(0.42, 0.55), z] as const;
    actors.push(inMetres(parts, { metre, to, yaw: r.between(-0.12, 0.12), id: MIDDLE, casts: metre < 2 }));
  }
  return actors;
}

/** A wall right behind a good that hangs on it: of a room, with a switch, a hook's board, things beneath. */
export function hallWall({ r, metre, drop }: PlaceHow): Setting {
  const base = room({ r, metre, drop }, 0.14, 1.25);
  const parts: Part[] = [];
  if (r.chance(0.5))
    parts.push({
      mesh: box([0.085, 0.012, 0.085], [r.pick([-1, 1]) * r.between(0.55, 0.9), 0.13, 0.35]),
      skin: painted('#e9e7e1', { rough: 0.4 }),
    });
  // A board with other hooks, and the frame of a door.
  const side = r.pick([-1, 1]);
  if (r.chance(0.5))
    parts.push({
      mesh: joined([
        box([0.1, 0.05, 2.1], [side * 0.95, 0.12, -drop]),
        box([1, 0.03, 2.02], [side * 1.5, 0.13, -drop]),
      ]),
      skin: painted(r.pick(['#dedad0', '#8a6a4a', calmTone(r)]), { rough: 0.5 }),
    });
  return {
    ...base,
    actors: [...base.actors, inMetres(parts, { metre, casts: true })],
    blur: { middle: 0.0008, far: 0.001 },
    room: { half: 1, far: 0 },
  };
}
