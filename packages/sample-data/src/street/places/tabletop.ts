import { disc } from '../../mesh/shapes.ts';
import type { Actor, Part } from '../../render/scene.ts';
import { chair, plant, table } from '../props/furniture.ts';
import { bar, box, ground, joined, painted, turned } from '../props/solids.ts';
import { materialOf } from '../surfaces/materials.ts';
import { roomWall } from './room.ts';
import { FAR, inMetres, MIDDLE, type PlaceHow, type Setting } from './setting.ts';

const HIGH = 0.74;

/** A table at home or in a café; the room behind it is out of focus. */
export function tabletop({ r, metre, span }: PlaceHow): Setting {
  const cafe = r.chance(0.45);
  const top = materialOf(r, cafe ? ['marble', 'tabletop', 'marble'] : ['tabletop', 'tabletop', 'marble']);
  const far = r.between(1.8, 3.2);
  const parts: Part[] =
    cafe && span < 0.5 && r.chance(0.6)
      ? roundTop(top)
      : longTop(top, Math.max(span + 0.5, r.between(1.2, 1.8)));
  const actors: Actor[] = [
    inMetres(parts, { metre }),
    inMetres(
      [
        ground(materialOf(r, ['planks', 'tiles', 'carpet', 'parquet']), 5, -HIGH, -2, far),
        ...roomWall(r, far, -HIGH),
      ],
      { metre, id: FAR },
    ),
  ];
  for (let i = 0; i < 4; i++)
    actors.push(
      inMetres(r.pick(cafe ? [chair, chair, table, plant] : [chair, plant, table])(r), {
        metre,
        to: [(i - 1.5) * 0.95 + r.between(-0.25, 0.25), r.between(0.85, far - 0.4), -HIGH],
        yaw: r.between(-3, 3),
        id: MIDDLE,
      }),
    );
  if (!cafe)
    actors.push(
      inMetres(splashback(r.pick(['#e2dfd8', '#c7c9c6', '#8d7d6a'])), {
        metre,
        to: [0, far - 0.32, -HIGH],
        id: FAR,
      }),
    );
  return {
    actors,
    outdoors: false,
    ground: 'table',
    room: { half: 0.5, far: 0.32 },
    blur: { middle: 0.009, far: 0.014 },
    backdrop: [
      [0.25, 0.24, 0.22],
      [0.2, 0.19, 0.18],
    ],
  };
}

const roundTop = (top: ReturnType<typeof materialOf>): Part[] => {
  const plate = disc(0.42, 0);
  return [
    { mesh: { ...plate, uvs: plate.uvs.map((value) => value * (0.84 / top.tile)) }, skin: top.skin },
    {
      mesh: turned(
        [
          [0, 0.419],
          [1, 0.41],
        ],
        0.025,
        [0, 0, -0.026],
      ),
      skin: painted('#6f675d', { rough: 0.4 }),
    },
    { mesh: bar([0, 0, -HIGH], [0, 0, -0.02], 0.035), skin: painted('#2c2c2d', { rough: 0.5 }) },
  ].map((part) => ({
    ...part,
    mesh: { ...part.mesh, positions: part.mesh.positions.map((v, i) => (i % 3 === 1 ? v + 0.05 : v)) },
  }));
};

const longTop = (top: ReturnType<typeof materialOf>, w: number): Part[] => [
  { mesh: ground(top, w / 2, 0, -0.49, 0.45).mesh, skin: top.skin },
  { mesh: box([w, 0.94, 0.035], [0, -0.02, -0.036], top.tile), skin: top.skin },
];

/** Kitchen units along the far wall. */
const splashback = (hex: string): Part[] => [
  {
    mesh: joined([-1.5, -0.9, -0.3, 0.3, 0.9, 1.5].map((x) => box([0.58, 0.6, 0.86], [x, 0, 0]))),
    skin: painted(hex, { rough: 0.4 }),
  },
  { mesh: box([3.7, 0.64, 0.04], [0, 0, 0.86]), skin: painted('#4b4640', { rough: 0.3 }) },
  {
    mesh: joined([-1.5, -0.9, 0.9, 1.5].map((x) => box([0.58, 0.34, 0.65], [x, 0.13, 1.45]))),
    skin: painted(hex, { rough: 0.4 }),
  },
];
