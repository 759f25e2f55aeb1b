import { mix, type Vec3 } from '../../mesh/mesh.ts';
import { blob, sheet, tube } from '../../mesh/shapes.ts';
import type { Random } from '../../random.ts';
import type { Part } from '../../render/scene.ts';
import { bar, box, clump, cushion, joined, painted, turned } from './solids.ts';
import { anyTone, calmTone } from './tones.ts';

/** A thing that is not for sale, in metres, its foot's middle at the origin. */
export type Thing = (r: Random) => Part[];

const mug: Thing = (r) => {
  const skin = painted(anyTone(r), { rough: 0.25, gloss: 0.05 });
  return [
    {
      mesh: turned(
        [
          [0, 0.036],
          [0.02, 0.04],
          [0.95, 0.039],
          [1, 0.03],
        ],
        0.095,
      ),
      skin: { ...skin, lining: [0.5, 0.48, 0.44] },
    },
    {
      mesh: turned(
        [
          [0, 0.001],
          [1, 0.036],
        ],
        0.002,
        [0, 0, 0.078],
      ),
      skin: painted('#3a2418', { rough: 0.15, gloss: 0.05 }),
    },
    {
      mesh: tube(
        (t): Vec3 => [0.038 + 0.026 * Math.sin(Math.PI * t), 0, 0.078 - 0.055 * t],
        () => 0.006,
        { nu: 8, nv: 12 },
      ),
      skin,
    },
  ];
};

const saucer: Thing = (r) => [
  {
    mesh: turned(
      [
        [0, 0.085],
        [0.3, 0.08],
        [1, 0.045],
      ],
      0.018,
    ),
    skin: painted('#e9e6df', { rough: 0.2, gloss: 0.05 }),
  },
  ...mug(r).map(({ mesh, skin }) => ({
    mesh: { ...mesh, positions: mesh.positions.map((v, i) => v * 0.8 + (i % 3 === 2 ? 0.012 : 0)) },
    skin,
  })),
];

const plate: Thing = (r) => {
  const wide = r.between(0.1, 0.135);
  return [
    {
      mesh: turned(
        [
          [0, wide],
          [0.5, wide * 0.85],
          [1, wide * 0.6],
        ],
        0.02,
      ),
      skin: painted(r.pick(['#e9e6df', '#cfd3d2', '#8f9a94', '#54585c']), { rough: 0.2, gloss: 0.05 }),
    },
    {
      mesh: clump([0, 0, 0.03], wide * 0.4, r.next() * 6),
      skin: painted(r.pick(['#b98a4f', '#8d5a35', '#d2b47d']), {
        weave: 'suede',
        depth: 0.3,
        repeat: [2, 2],
      }),
    },
  ];
};

const book: Thing = (r) => {
  const [w, d, h] = [r.between(0.13, 0.2), r.between(0.19, 0.26), r.between(0.015, 0.04)];
  const cover = painted(anyTone(r), { rough: 0.5, gloss: 0.04 });
  return [
    { mesh: box([w, d, h - 0.006], [0.003, 0, 0.003]), skin: painted('#e6e0d2') },
    {
      mesh: joined([
        box([w + 0.006, d + 0.006, 0.003], [0, 0, h - 0.003]),
        box([0.004, d + 0.006, h], [-w / 2, 0, 0]),
      ]),
      skin: cover,
    },
    { mesh: box([w * 0.6, d * 0.18, 0.0005], [0, d * 0.18, h]), skin: painted(calmTone(r)) },
  ];
};

const phone: Thing = () => [
  {
    mesh: cushion([0.073, 0.15, 0.008], [0, 0, 0], 0.15),
    skin: painted('#1b1c1f', { rough: 0.2, gloss: 0.05 }),
  },
  {
    mesh: box([0.066, 0.142, 0.0006], [0, 0, 0.008]),
    skin: painted('#0c0d10', { rough: 0.08, gloss: 0.06 }),
  },
];

const laptop: Thing = (r) => [
  { mesh: box([0.32, 0.22, 0.014]), skin: painted('#a9acaf', { metal: true, gloss: 0.5, rough: 0.4 }) },
  { mesh: box([0.27, 0.1, 0.001], [0, 0.03, 0.014]), skin: painted('#232427', { rough: 0.6 }) },
  {
    mesh: sheet([-0.16, 0.17, 0.23], [0.32, 0, 0], [0, -0.06, -0.215]),
    skin: painted(r.pick(['#26303c', '#c9ced2', '#51606b']), { rough: 0.15, gloss: 0.05 }),
  },
];

const glasses: Thing = () => {
  const skin = painted('#26221f', { rough: 0.2, gloss: 0.05 });
  const ring = (x: number) =>
    tube(
      (t): Vec3 => [x + 0.026 * Math.cos(t * 6.2832), 0, 0.022 + 0.02 * Math.sin(t * 6.2832)],
      () => 0.0022,
      { nu: 6, nv: 24 },
    );
  return [
    {
      mesh: joined([
        ring(-0.033),
        ring(0.033),
        bar([-0.006, 0, 0.026], [0.006, 0, 0.026], 0.002),
        bar([-0.06, 0, 0.026], [-0.06, 0.13, 0.01], 0.002),
        bar([0.06, 0, 0.026], [0.06, 0.13, 0.01], 0.002),
      ]),
      skin,
    },
  ];
};

const fruitBowl: Thing = (r) => [
  {
    mesh: turned(
      [
        [0, 0.13],
        [0.5, 0.11],
        [1, 0.05],
      ],
      0.08,
    ),
    skin: painted(calmTone(r), { rough: 0.4, gloss: 0.04 }),
  },
  {
    mesh: joined(
      [0, 1, 2, 3].map((i) =>
        blob([Math.cos(i * 1.7) * 0.055, Math.sin(i * 1.7) * 0.055, 0.09], [0.037, 0.037, 0.035], 1, {
          nu: 16,
          nv: 12,
        }),
      ),
    ),
    skin: painted(r.pick(['#b9542f', '#8f9a3f', '#d0972f', '#a33b33']), { rough: 0.45 }),
  },
];

const glass: Thing = (r) => [
  {
    mesh: turned(
      [
        [0, 0.033],
        [0.97, 0.028],
        [1, 0.02],
      ],
      r.between(0.09, 0.14),
    ),
    skin: painted(r.pick(['#b9c2c2', '#c2a06a', '#8c3f33', '#cfd6d3']), { rough: 0.08, gloss: 0.08 }),
  },
];

const papers: Thing = (r) =>
  Array.from({ length: 3 }, (_, i): Part => {
    const turn = r.between(-0.4, 0.4);
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    return {
      mesh: sheet(
        [-0.105 * c - 0.148 * s, 0.148 * c - 0.105 * s, 0.001 + i * 0.001],
        [0.21 * c, 0.21 * s, 0],
        [0.297 * s, -0.297 * c, 0],
      ),
      skin: painted(r.pick(['#e9e7e1', '#dcd8cd', '#cdd5d6', '#c9b48d'])),
    };
  });

const cable: Thing = (r) => {
  const [a, b] = [r.between(4, 9), r.between(0, 6)];
  return [
    {
      mesh: tube(
        (t): Vec3 => [mix(-0.3, 0.3, t), 0.06 * Math.sin(t * a + b), 0.003],
        () => 0.0025,
        { nu: 5, nv: 50 },
      ),
      skin: painted(r.pick(['#e5e2dc', '#232325']), { rough: 0.5 }),
    },
  ];
};

const ball: Thing = (r) => {
  const size = r.between(0.035, 0.1);
  return [
    {
      mesh: blob([0, 0, size], [size, size, size], 1, { nu: 24, nv: 16 }),
      skin: painted(anyTone(r), { rough: 0.8, weave: 'suede', depth: 0.04, repeat: [3, 3] }),
    },
  ];
};

const cushionThing: Thing = (r) => [
  {
    mesh: cushion([0.42, 0.42, 0.16], [0, 0, 0], 0.55),
    skin: painted(calmTone(r), {
      weave: 'canvas',
      repeat: [14, 14],
      depth: 0.2,
      grime: 0.2,
      rough: 1,
      sheen: 0.15,
    }),
  },
];

const basket: Thing = (r) => [
  {
    mesh: turned(
      [
        [0, 0.19],
        [0.5, 0.2],
        [1, 0.15],
      ],
      0.26,
    ),
    skin: painted(r.pick(['#a58a62', '#8a7355', '#c2ae8b']), {
      weave: 'canvas',
      repeat: [5, 2],
      depth: 0.8,
      grime: 0.5,
      rough: 1,
    }),
  },
];

const remote: Thing = () => [
  { mesh: cushion([0.045, 0.17, 0.02], [0, 0, 0], 0.2), skin: painted('#2a2b2e', { rough: 0.5 }) },
];
const pencil: Thing = (r) => [
  { mesh: bar([-0.08, 0, 0.004], [0.08, 0.02, 0.004], 0.004), skin: painted(anyTone(r)) },
];

const stone: Thing = (r) => [
  {
    mesh: clump([0, 0, 0.012], r.between(0.02, 0.06), r.next() * 6),
    skin: painted(r.pick(['#7d7a74', '#96918a', '#5f5d5a']), { weave: 'suede', depth: 0.2 }),
  },
];
const leafOnGround: Thing = (r) => {
  const size = r.between(0.03, 0.06);
  return [
    {
      mesh: tube(
        (t): Vec3 => [mix(-size, size, t), 0.01 * t, 0.004 + 0.012 * Math.sin(t * 3)],
        (t) => size * 0.55 * Math.sin(Math.PI * Math.min(0.97, Math.max(0.03, t))),
        { nu: 6, nv: 8, flat: 0.08 },
      ),
      skin: painted(r.pick(['#8c6a35', '#9c4f2b', '#7a7a3a', '#b08a3d'])),
    },
  ];
};
const paperCup: Thing = (r) => [
  {
    mesh: turned(
      [
        [0, 0.045],
        [1, 0.031],
      ],
      0.11,
    ),
    skin: painted(r.pick(['#e7e3da', '#b5946b', '#4c5a52']), { rough: 0.6 }),
  },
  {
    mesh: turned(
      [
        [0, 0.038],
        [0.5, 0.047],
        [1, 0.047],
      ],
      0.016,
      [0, 0, 0.105],
    ),
    skin: painted(r.pick(['#efece6', '#26262a']), { rough: 0.4 }),
  },
];

/** What lies about, by the kind of ground. */
export const THINGS = {
  table: [
    mug,
    saucer,
    plate,
    book,
    book,
    phone,
    laptop,
    glasses,
    fruitBowl,
    glass,
    papers,
    remote,
    pencil,
    cable,
  ],
  floor: [book, cushionThing, basket, papers, cable, ball, book],
  bed: [book, phone, cushionThing, glasses, papers, cable, remote],
  street: [leafOnGround, leafOnGround, stone, paperCup, papers],
  grass: [leafOnGround, leafOnGround, stone, ball, paperCup, basket, book],
} as const satisfies Record<string, readonly Thing[]>;
export type Ground = keyof typeof THINGS;
