import type { Box } from '@likeness/contracts/box';
import type { Good } from '../goods/build-good.ts';
import { sizeOf, standing } from '../goods/stand.ts';
import { mix, type Vec3 } from '../mesh/mesh.ts';
import { after, place } from '../mesh/place.ts';
import type { Random } from '../random.ts';
import { type Frame, render } from '../render/render.ts';
import type { Actor, Camera, Lighting } from '../render/scene.ts';
import { PLAIN, type Rgb } from '../render/skin.ts';
import { bodyParts, handParts } from './body.ts';
import type { StreetGroup } from './groups.ts';
import { placeActors, shelfActors } from './place.ts';

const DEGREE = Math.PI / 180;
export type Seen = { id: number; box: Box };

/** The scene of one photo: the wanted good is id 1, others 2, 3 …; `width` × `height` px. */
export function renderShot(
  goods: readonly Good[],
  how: { r: Random; group: StreetGroup; width: number; height: number },
): Frame {
  const { r, group, width, height } = how;
  const actors =
    group === 'shelf' ? shelfActors(r) : placeActors(r, group === 'plain' ? r.int(3) : 2 + r.int(4));
  for (const [i, good] of goods.entries())
    actors.push(...goodActors(good, i, { r, group, count: goods.length }));
  const [main] = goods;
  if (group === 'occluded' && main) actors.push(occluder(main, r));
  return render({ actors, camera: cameraOf(main, how), light: lightOf(r, group) }, width, height);
}

function goodActors(
  good: Good,
  index: number,
  how: { r: Random; group: StreetGroup; count: number },
): Actor[] {
  const { r, group, count } = how;
  const id = index + 1;
  const turned =
    group === 'perspective'
      ? r.pick([-1, 1]) * r.between(35, 65)
      : group === 'plain'
        ? r.between(-18, 18)
        : r.between(-32, 32);
  if (group === 'shelf') {
    const to: Vec3 = [index === 0 ? 0 : (index % 2 ? 1 : -1) * Math.ceil(index / 2) * 0.92, -0.1, 0];
    return [
      { parts: good.parts, place: standing(good, { yaw: r.between(-15, 15) * DEGREE, to }), id, casts: true },
    ];
  }
  if (group === 'worn') {
    const at = standing(good, { yaw: r.between(-30, 30) * DEGREE, to: [0, 0, 0.02] });
    return [
      { parts: good.parts, place: at, id, casts: true },
      { parts: bodyParts(good, r), place: at, id: 0, casts: true },
    ];
  }
  const spread: Vec3 =
    count === 1
      ? [0, 0, 0]
      : [(index - (count - 1) / 2) * 1.05 + r.between(-0.1, 0.1), r.between(-0.25, 0.35), 0];
  const lying = good.spec.kind === 'watch' || r.chance(group === 'plain' ? 0 : 0.12);
  const flat = lying ? { pitch: -82 * DEGREE, to: [spread[0], spread[1], 0.12] as Vec3 } : { to: spread };
  return [
    {
      parts: good.parts,
      place: standing(good, { yaw: turned * DEGREE, scale: index === 0 ? 1 : r.between(0.75, 1), ...flat }),
      id,
      casts: true,
    },
  ];
}

/** A hand, a cup or a box in front of the good, over a quarter to a half of it. */
function occluder(good: Good, r: Random): Actor {
  const [wide, deep, high] = sizeOf(good);
  const side = r.pick([-1, 1] as const);
  const colour: Rgb = r.pick([
    [0.6, 0.4, 0.3],
    [0.35, 0.2, 0.12],
    [0.14, 0.08, 0.05],
  ]);
  const parts = handParts(
    { ...PLAIN, colour, rough: 0.6, gloss: 0.03, sheen: 0.15 },
    wide * 0.5,
    deep * 0.5,
    high * r.between(0.35, 0.65),
    side,
  );
  const bulky = after(
    place({ to: [-side * wide * 0.12, -deep * 0.25 - 0.05, 0] }),
    place({ scale: r.between(1, 1.3) }),
  );
  return { parts, place: bulky, id: 0, casts: true };
}

function cameraOf(
  main: Good | undefined,
  how: { r: Random; group: StreetGroup; width: number; height: number },
): Camera {
  const { r, group, width, height } = how;
  const [wide, , high] = main ? sizeOf(main) : [1, 1, 1];
  const close = group === 'perspective';
  const focal = close ? r.between(0.75, 1) : r.between(1.2, 1.7);
  const share =
    {
      plain: r.between(0.6, 0.75),
      shelf: r.between(0.36, 0.46),
      several: r.between(0.26, 0.34),
      worn: r.between(0.38, 0.55),
    }[group as string] ?? r.between(0.42, 0.66);
  const extent = Math.max(wide * Math.max(1, height / width), high);
  const distance = Math.max(0.75, (focal * extent) / share);
  const lift =
    (main?.spec.kind === 'watch' && group !== 'worn'
      ? r.between(48, 66)
      : close
        ? r.between(30, 52)
        : group === 'worn' || group === 'shelf'
          ? r.between(2, 14)
          : r.between(10, 28)) * DEGREE;
  const turn = r.between(-20, 20) * DEGREE * (group === 'plain' ? 0.5 : 1);
  const off = group === 'plain' ? 0.03 : 0.14;
  const target: Vec3 = [
    r.between(-off, off),
    0,
    high * mix(0.45, 0.55, r.next()) + r.between(-off, off) * 0.6,
  ];
  const roll =
    group === 'rotated'
      ? r.pick([-1, 1]) * r.between(35, 120)
      : group === 'upside_down'
        ? 180 + r.between(-10, 10)
        : r.between(-6, 6);
  const eye: Vec3 = [
    target[0] + distance * Math.sin(turn) * Math.cos(lift),
    target[1] - distance * Math.cos(turn) * Math.cos(lift),
    Math.max(0.08, target[2] + distance * Math.sin(lift)),
  ];
  return { eye, target, focal, roll: roll * DEGREE };
}

/** Daylight, lamp light, a hard low sun, or two lights of different colour. */
function lightOf(r: Random, group: StreetGroup): Lighting {
  const side = r.pick([-1, 1]);
  const warm = r.between(-0.25, 0.35);
  const kelvin = (k: number): Rgb => [1 + k, 1, 1 - k];
  const scaled = (c: Rgb, by: number): Rgb => [c[0] * by, c[1] * by, c[2] * by];
  const base: Lighting = {
    key: {
      from: [side * r.between(0.4, 0.9), -r.between(0.4, 1), r.between(0.9, 1.5)],
      colour: scaled(kelvin(warm * 0.6), r.between(1.7, 2.3)),
      soft: r.between(0.15, 0.7),
    },
    rim: { from: [-side, 0.4, 0.7], colour: scaled(kelvin(-warm * 0.4), 0.35), soft: 1 },
    sky: scaled(kelvin(warm * 0.4 - 0.05), 0.5),
    ground: scaled(kelvin(warm * 0.5 + 0.1), 0.22),
    backdrop: [scaled(kelvin(-0.1), r.between(0.3, 0.8)), scaled(kelvin(0), r.between(0.2, 0.6))],
    exposure: r.between(0.46, 0.6),
  };
  if (group === 'hard_light')
    return {
      ...base,
      key: {
        from: [side, -r.between(0, 0.4), r.between(0.25, 0.6)],
        colour: scaled(kelvin(0.18), 4.2),
        soft: 0.03,
      },
      sky: scaled(kelvin(-0.2), 0.16),
      ground: scaled(kelvin(0), 0.07),
      rim: { ...base.rim, colour: [0.05, 0.06, 0.08] },
    };
  if (group === 'mixed_light')
    return {
      ...base,
      key: { ...base.key, colour: scaled(kelvin(r.between(0.45, 0.65)), 1.7) },
      rim: { from: [-side * 1, -0.6, 0.5], colour: scaled(kelvin(-r.between(0.5, 0.75)), 1.5), soft: 1 },
      sky: scaled(kelvin(r.pick([0.4, -0.4])), 0.35),
    };
  if (group === 'noise') return { ...base, exposure: base.exposure * 0.45 };
  return base;
}

/** Boxes of what can be seen of each good, fractions of the picture, by id; a good that cannot be seen has none. */
export function boxesOf(frame: Frame): Seen[] {
  const { width, height, mask } = frame;
  const boxes = new Map<number, [number, number, number, number]>();
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const id = mask[at] as number;
      if (id === 0) continue;
      const box = boxes.get(id);
      if (!box) boxes.set(id, [x, y, x + 1, y + 1]);
      else {
        if (x < box[0]) box[0] = x;
        if (x + 1 > box[2]) box[2] = x + 1;
        box[3] = y + 1;
      }
    }
  return [...boxes]
    .map(([id, [a, b, c, d]]) => ({ id, box: [a / width, b / height, c / width, d / height] as Box }))
    .sort((a, b) => a.id - b.id);
}
