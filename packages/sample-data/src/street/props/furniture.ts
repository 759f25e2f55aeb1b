import { type Mesh, mix, type Vec3 } from '../../mesh/mesh.ts';
import { sheet, tube } from '../../mesh/shapes.ts';
import type { Random } from '../../random.ts';
import type { Part } from '../../render/scene.ts';
import { materialOf } from '../surfaces/materials.ts';
import { bar, box, clump, cushion, joined, painted, turned } from './solids.ts';
import { anyTone, calmTone } from './tones.ts';

/** Furniture in metres, its foot's middle at the origin, its front towards −y. */
export type Furniture = (r: Random) => Part[];

const WOODS = ['#9c7a52', '#6d4d36', '#4a382c', '#c2a67c', '#d8d3c8', '#2f2d2c'] as const;
const wood = (r: Random) => painted(r.pick(WOODS), { rough: 0.5, gloss: 0.04 });

/** What stops furniture from floating where no shadow is cast: a dark patch on the floor. */
const foot = (w: number, d: number): Part => ({
  mesh: box([w, d, 0.004], [0, 0, 0]),
  skin: painted('#3b342d', { rough: 1, gloss: 0 }),
});

const sofa: Furniture = (r) => {
  const cloth = { ...materialOf(r, 'linen').skin, repeat: [10, 10] as const };
  const wide = r.between(1.5, 2.1);
  const pillow = painted(anyTone(r), { rough: 1, sheen: 0.2 });
  return [
    foot(wide + 0.04, 0.86),
    {
      mesh: joined([
        cushion([wide, 0.85, 0.34], [0, 0, 0.1], 0.2),
        cushion([wide, 0.24, 0.5], [0, 0.33, 0.36], 0.3),
        cushion([0.2, 0.85, 0.5], [-wide / 2, 0, 0.1], 0.3),
        cushion([0.2, 0.85, 0.5], [wide / 2, 0, 0.1], 0.3),
        cushion([wide / 2 - 0.1, 0.62, 0.16], [-wide / 4, -0.08, 0.4], 0.35),
        cushion([wide / 2 - 0.1, 0.62, 0.16], [wide / 4, -0.08, 0.4], 0.35),
      ]),
      skin: cloth,
    },
    { mesh: cushion([0.42, 0.2, 0.4], [wide * r.between(-0.36, 0.36), 0.16, 0.5], 0.6), skin: pillow },
  ];
};

const bookshelf: Furniture = (r) => {
  const [w, h, shelves] = [r.between(0.8, 1.3), r.between(1.5, 2.1), 5];
  const frame: Mesh[] = [
    box([0.03, 0.3, h], [-w / 2, 0, 0]),
    box([0.03, 0.3, h], [w / 2, 0, 0]),
    box([w, 0.01, h], [0, 0.15, 0]),
  ];
  const books: Part[] = [];
  for (let i = 0; i <= shelves; i++) {
    const z = 0.06 + (i * (h - 0.08)) / shelves;
    frame.push(box([w, 0.3, 0.025], [0, 0, z]));
    if (i < shelves) books.push(...bookRow(r, w - 0.06, z + 0.025, (h - 0.08) / shelves - 0.06));
  }
  return [foot(w, 0.3), { mesh: joined(frame), skin: wood(r) }, ...books];
};

/** Books, now and then a vase or a lying pile, from left to right. */
function bookRow(r: Random, width: number, z: number, room: number): Part[] {
  const parts: Part[] = [];
  for (let x = -width / 2 + 0.02; x < width / 2 - 0.05; ) {
    const skin = painted(anyTone(r), { rough: 0.7 });
    const kind = r.next();
    if (kind < 0.1) {
      parts.push({
        mesh: turned(
          [
            [0, 0.03],
            [0.2, 0.024],
            [0.6, 0.06],
            [1, 0.04],
          ],
          room * 0.75,
          [x + 0.06, 0, z],
        ),
        skin,
      });
      x += 0.16;
    } else if (kind < 0.2) x += r.between(0.05, 0.2);
    else {
      const [thick, high] = [r.between(0.018, 0.05), room * r.between(0.62, 0.98)];
      parts.push({ mesh: box([thick, 0.2, high], [x + thick / 2, r.between(-0.04, 0), z]), skin });
      x += thick + 0.003;
    }
  }
  return parts;
}

const sideboard: Furniture = (r) => {
  const [w, h] = [r.between(0.9, 1.5), r.between(0.55, 0.8)];
  const doors = [-1, 0, 1].map((i) => box([w / 3 - 0.02, 0.02, h - 0.14], [(i * w) / 3, -0.215, 0.11]));
  const skin = wood(r);
  return [
    foot(w, 0.42),
    { mesh: box([w, 0.42, h - 0.08], [0, 0, 0.08]), skin },
    {
      mesh: joined(doors),
      skin: { ...skin, colour: skin.colour.map((c) => c * 0.86) as unknown as typeof skin.colour },
    },
    ...[-1, 0, 1].map(
      (i): Part => ({
        mesh: box([0.1, 0.02, 0.012], [(i * w) / 3, -0.235, h * 0.6]),
        skin: painted('#5e5b57', { metal: true, gloss: 0.5, rough: 0.3 }),
      }),
    ),
    ...at(tableLamp(r), [w * r.between(-0.35, -0.1), 0, h]),
    ...at(vase(r), [w * r.between(0.1, 0.35), 0, h]),
  ];
};

const tableLamp: Furniture = (r) => [
  {
    mesh: turned(
      [
        [0, 0.012],
        [0.6, 0.02],
        [0.85, 0.07],
        [1, 0.06],
      ],
      0.28,
    ),
    skin: painted(calmTone(r), { rough: 0.3, gloss: 0.05 }),
  },
  {
    mesh: turned(
      [
        [0, 0.09],
        [1, 0.15],
      ],
      0.2,
      [0, 0, 0.26],
    ),
    skin: painted('#efe5cf', { rough: 1 }),
  },
];

const vase: Furniture = (r) => [
  {
    mesh: turned(
      [
        [0, 0.05],
        [0.25, 0.035],
        [0.6, 0.085],
        [1, 0.05],
      ],
      r.between(0.18, 0.3),
    ),
    skin: painted(calmTone(r), { rough: 0.35, gloss: 0.05 }),
  },
  ...(r.chance(0.6)
    ? [
        {
          mesh: joined(
            [0, 1, 2, 3, 4].map((i) =>
              bar([0, 0, 0.16], [Math.cos(i * 1.3) * 0.12, Math.sin(i * 1.3) * 0.12, 0.42 + 0.04 * i], 0.003),
            ),
          ),
          skin: painted('#6d7350'),
        },
        {
          mesh: joined(
            [0, 1, 2, 3, 4].map((i) =>
              clump([Math.cos(i * 1.3) * 0.12, Math.sin(i * 1.3) * 0.12, 0.43 + 0.04 * i], 0.035, i),
            ),
          ),
          skin: painted(r.pick(['#c9b58d', '#a88f86', '#8d9a72', '#d9d3c3'])),
        },
      ]
    : []),
];

const floorLamp: Furniture = (r) => [
  {
    mesh: joined([
      bar([0, 0, 0], [0, 0, 1.5], 0.012),
      turned(
        [
          [0, 0.13],
          [1, 0.14],
        ],
        0.02,
      ),
    ]),
    skin: painted('#3a3937', { metal: true, gloss: 0.4, rough: 0.4 }),
  },
  {
    mesh: turned(
      [
        [0, 0.14],
        [1, 0.22],
      ],
      0.28,
      [0, 0, 1.4],
    ),
    skin: painted(r.pick(['#efe6d2', '#dcd6ca', '#b9a98c']), { rough: 1 }),
  },
];

const chair: Furniture = (r) => {
  const [w, seat] = [0.42, 0.45];
  const legs = [-1, 1].flatMap((x) =>
    [-1, 1].map((y) => bar([x * 0.19, y * 0.19, 0], [x * 0.17, y * 0.17, seat], 0.016, 0.018)),
  );
  const back = [-1, 1].map((x) => bar([x * 0.18, 0.18, seat], [x * 0.2, 0.25, 0.88], 0.016));
  const slats = r.chance(0.5) ? [0.58, 0.68, 0.78] : [0.8];
  return [
    foot(0.4, 0.4),
    {
      mesh: joined([
        ...legs,
        ...back,
        box([w, w, 0.03], [0, 0, seat]),
        ...slats.map((z) => box([0.38, 0.015, z > 0.7 ? 0.1 : 0.05], [0, 0.23, z])),
      ]),
      skin: wood(r),
    },
    ...(r.chance(0.4)
      ? [
          {
            mesh: cushion([0.4, 0.4, 0.05], [0, 0, seat + 0.03], 0.4),
            skin: painted(calmTone(r), { rough: 1, sheen: 0.2 }),
          },
        ]
      : []),
  ];
};

const table: Furniture = (r) => {
  const [w, d, h] = [r.between(0.9, 1.5), 0.75, 0.74];
  const legs = [-1, 1].flatMap((x) =>
    [-1, 1].map((y) => box([0.05, 0.05, h], [x * (w / 2 - 0.06), y * (d / 2 - 0.06), 0])),
  );
  return [
    foot(w * 0.9, d * 0.8),
    { mesh: joined([...legs, box([w, d, 0.035], [0, 0, h - 0.03])]), skin: wood(r) },
    ...at(vase(r), [w * r.between(-0.3, 0.3), 0, h]),
  ];
};

const plant: Furniture = (r) => {
  const high = r.between(0.5, 1.3);
  const leaf = materialOf(r, 'leaves').skin;
  const blades = Array.from({ length: 13 }, (_, i): Mesh => {
    const [angle, out] = [i * 2.4, r.between(0.12, 0.42) * Math.min(1.2, high)];
    const top = 0.34 + high * r.between(0.35, 1);
    return tube(
      (t): Vec3 => [
        Math.cos(angle) * out * Math.max(0, t) ** 1.6,
        Math.sin(angle) * out * Math.max(0, t) ** 1.6,
        mix(0.3, top, t) - 0.25 * out * t ** 4,
      ],
      (t) =>
        0.008 +
        0.075 * Math.max(0, Math.sin(Math.PI * Math.min(1, Math.max(0, t * 1.3 - 0.3)))) * Math.min(1, high),
      { nu: 6, nv: 10, flat: 0.12 },
    );
  });
  return [
    foot(0.3, 0.3),
    {
      mesh: turned(
        [
          [0, 0.17],
          [0.1, 0.17],
          [1, 0.12],
        ],
        0.32,
      ),
      skin: painted(r.pick(['#a8694c', '#d5d0c6', '#4b4a48', '#8d8578']), { rough: 0.8 }),
    },
    { mesh: joined(blades), skin: leaf },
  ];
};

const boxes: Furniture = (r) =>
  Array.from(
    { length: 2 + r.int(2) },
    (_, i): Part => ({
      mesh: box([r.between(0.3, 0.45), r.between(0.25, 0.35), 0.2], [r.between(-0.06, 0.06), 0, i * 0.2]),
      skin: painted(r.pick(['#b08d63', '#a37f57', '#d6d1c7', '#7d8187']), {
        rough: 0.95,
        weave: 'paper',
        depth: 0.04,
      }),
    }),
  );

/** Moves parts; they keep their meshes' other data. */
export function at(parts: readonly Part[], to: Vec3): Part[] {
  return parts.map(({ mesh, skin }) => ({
    mesh: { ...mesh, positions: mesh.positions.map((value, i) => value + (to[i % 3] as number)) },
    skin,
  }));
}

/** A picture or poster on a wall; hung by its middle. */
export function wallPicture(r: Random, to: Vec3): Part[] {
  const [w, h] = r.pick([
    [0.5, 0.7],
    [0.7, 0.5],
    [0.4, 0.4],
    [0.6, 0.9],
  ] as const);
  const print = [calmTone(r), anyTone(r), calmTone(r)];
  const y = to[1] - 0.012;
  const patch = (k: number, scale: number, dz: number): Part => ({
    mesh: sheet(
      [to[0] - (w * scale) / 2, y - 0.006 - k * 0.002, to[2] + (h * scale) / 2 + dz],
      [w * scale, 0, 0],
      [0, 0, -h * scale * (k > 1 ? 0.45 : 1)],
    ),
    skin: painted(k === 0 ? '#e8e4da' : (print[k] as string), { rough: 0.4, gloss: 0.04 }),
  });
  return [
    { mesh: box([w, 0.03, h], [to[0], to[1], to[2] - h / 2]), skin: wood(r) },
    patch(0, 0.92, 0),
    patch(1, 0.68, 0),
    patch(2, 0.5, -h * 0.1),
  ];
}

export const FURNITURE: readonly Furniture[] = [
  sofa,
  bookshelf,
  sideboard,
  floorLamp,
  chair,
  table,
  plant,
  boxes,
];
export { chair, plant, table };
