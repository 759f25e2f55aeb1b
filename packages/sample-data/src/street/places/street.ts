import type { Random } from '../../random.ts';
import type { Actor, Part } from '../../render/scene.ts';
import { bystander } from '../bodies/bystander.ts';
import { bench, bush, car, houseFront, STREET_FURNITURE, skyline, tree } from '../props/outdoors.ts';
import { box, ground, joined, painted, wall } from '../props/solids.ts';
import { materialOf } from '../surfaces/materials.ts';
import { FAR, inMetres, MIDDLE, type PlaceHow, type Setting, SKIES } from './setting.ts';

/** A pavement: kerb, road, parked cars and houses across it, or a house front close behind. */
export function street(how: PlaceHow): Setting {
  return how.r.chance(0.55) ? acrossTheRoad(how) : beforeAHouse(how);
}

function acrossTheRoad({ r, metre, drop }: PlaceHow): Setting {
  const z = -drop;
  const kerb = r.between(0.8, 1.8);
  const pavement = materialOf(r, ['paving', 'paving', 'setts', 'concrete', 'asphalt']);
  const stone = materialOf(r, 'concrete').skin;
  const opposite = kerb + r.between(5, 7);
  const actors: Actor[] = [
    inMetres(
      [
        ground(pavement, 6, z, -6, kerb),
        { mesh: box([14, 0.14, 0.13], [0, kerb + 0.06, z - 0.125], 1.8), skin: stone },
      ],
      { metre },
    ),
    inMetres([ground(materialOf(r, 'asphalt'), 9, z - 0.12, kerb + 0.1, opposite)], { metre, id: MIDDLE }),
    inMetres(
      [
        ...houseFront(r, [-10, r.between(-1, 3)], opposite + 1.6, z),
        ...houseFront(r, [r.between(2, 3), 11], opposite + 2.2, z, 7),
        ...skyline(r, opposite + 8, z, false),
        { mesh: box([22, 1.8, 0.12], [0, opposite + 0.9, z - 0.12]), skin: stone },
      ],
      { metre, id: FAR },
    ),
  ];
  for (let x = r.between(-7, -5); x < 6; x += r.between(4.6, 7))
    actors.push(
      inMetres(car(r), { metre, to: [x, opposite - 1, z - 0.12], yaw: r.pick([0, Math.PI]), id: FAR }),
    );
  actors.push(...onPavement(r, metre, [kerb - 0.3, z]));
  return outside(actors, { r, z, far: kerb - 0.2, half: 1.6, blur: blurOf(metre) });
}

function beforeAHouse({ r, metre, drop }: PlaceHow): Setting {
  const z = -drop;
  const front = r.between(1.2, 2.4);
  const actors: Actor[] = [
    inMetres([ground(materialOf(r, ['paving', 'setts', 'concrete', 'asphalt']), 6, z, -6, front)], { metre }),
    inMetres(houseFront(r, [-6, 6], front, z), { metre, id: MIDDLE }),
    ...onPavement(r, metre, [front - 0.5, z]),
  ];
  return outside(actors, { r, z, far: front - 0.4, half: 1.4, blur: blurOf(metre) });
}

/** Poles, bins, bicycles, plants that stand along a line. */
function onPavement(r: Random, metre: number, [y, z]: readonly [number, number]): Actor[] {
  const count = 1 + r.int(3);
  const things = Array.from({ length: count }, (_, i) => {
    const x = (i - (count - 1) / 2) * r.between(1.3, 2) + r.between(-0.5, 0.5);
    return inMetres(r.pick(STREET_FURNITURE)(r), {
      metre,
      to: [x, y, z],
      yaw: r.between(-0.3, 0.3),
      id: MIDDLE,
      casts: metre < 2,
    });
  });
  if (r.chance(0.45))
    things.push(
      inMetres(bystander(r), {
        metre,
        to: [r.pick([-1, 1]) * r.between(0.5, 1.5), y - r.between(0, 0.3), z],
        yaw: r.between(0, 6.28),
        id: MIDDLE,
      }),
    );
  return things;
}

/** Grass, a path, trees, a bench, bushes, a pale line of trees far behind. */
export function park({ r, metre, drop }: PlaceHow): Setting {
  const z = -drop;
  const onPath = r.chance(0.35);
  const [grass, path] = [materialOf(r, 'grass'), materialOf(r, ['concrete', 'paving', 'asphalt'])];
  const edge = r.between(0.7, 1.6);
  const near: Part[] = onPath ? [ground(path, 6, z, -6, edge)] : [ground(grass, 6, z, -6, 6)];
  const actors: Actor[] = [
    inMetres(near, { metre }),
    inMetres([ground(grass, 14, z - 0.01, onPath ? edge : 6, 16), ...skyline(r, 15, z, true)], {
      metre,
      id: FAR,
    }),
  ];
  for (let i = 0; i < 4; i++)
    actors.push(
      inMetres(tree(r), { metre, to: [(i - 1.5) * 3 + r.between(-1, 1), r.between(4, 9), z], id: FAR }),
    );
  for (let i = 0; i < 2; i++)
    actors.push(
      inMetres(r.chance(0.4) ? bench(r) : bush(r), {
        metre,
        to: [r.pick([-1, 1]) * r.between(0.6, 2.2), r.between(1.6, 3), z],
        yaw: r.between(-0.4, 0.4),
        id: MIDDLE,
      }),
    );
  if (r.chance(0.4))
    actors.push(
      inMetres(bystander(r), {
        metre,
        to: [r.pick([-1, 1]) * r.between(0.7, 2.5), r.between(2.5, 5), z],
        yaw: r.between(0, 6.28),
        id: FAR,
      }),
    );
  return { ...outside(actors, { r, z, far: 1.4, half: 1.4, blur: blurOf(metre) }), ground: 'grass' };
}

/** A house or garden wall right behind a good that hangs on it. */
export function outerWall({ r, metre, drop }: PlaceHow): Setting {
  const z = -drop;
  const face = materialOf(r, ['brick', 'brick', 'stucco', 'concrete', 'decking']);
  const parts: Part[] = [
    ground(materialOf(r, ['paving', 'concrete', 'setts', 'grass']), 5, z, -5, 0.2),
    wall(face, [-5, 5], 0.13, [z, z + 4]),
  ];
  const side = r.pick([-1, 1]);
  const extra: Part[] = [
    {
      mesh: joined([box([1, 0.07, 1.3], [side * r.between(1.05, 1.3), 0.1, -0.1])]),
      skin: painted(r.pick(['#e0dcd2', '#4c5552', '#6b4f3a']), { rough: 0.5 }),
    },
    {
      mesh: box([0.1, 0.1, 4], [-side * r.between(0.7, 1), 0.08, z]),
      skin: painted('#6f7274', { rough: 0.6 }),
    },
  ];
  const actors = [
    inMetres(parts, { metre }),
    inMetres(r.chance(0.5) ? extra.slice(0, 1) : extra.slice(1), { metre, casts: true }),
  ];
  return { ...outside(actors, { r, z, far: 0, half: 1, blur: { middle: 0.001, far: 0.001 } }) };
}

const blurOf = (metre: number): Setting['blur'] =>
  metre > 2 ? { middle: 0.005, far: 0.01 } : { middle: 0.0018, far: 0.0038 };

function outside(
  actors: Actor[],
  how: { r: Random; z: number; far: number; half: number; blur: Setting['blur'] },
): Setting {
  return {
    actors,
    outdoors: true,
    ground: 'street',
    level: how.z,
    room: { half: how.half, far: how.far },
    blur: how.blur,
    backdrop: how.r.pick(SKIES),
  };
}
