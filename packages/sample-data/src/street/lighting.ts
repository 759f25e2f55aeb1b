import type { Random } from '../random.ts';
import type { Lighting } from '../render/scene.ts';
import type { Rgb } from '../render/skin.ts';
import type { Mood } from './groups.ts';

/** Warmth −1 (blue shade) … 1 (lamp) as a colour of even brightness. */
const warmth = (k: number): Rgb => [1 + 0.42 * k, 1 + 0.04 * k, 1 - 0.5 * k];
const scaled = (c: Rgb, by: number): Rgb => [c[0] * by, c[1] * by, c[2] * by];

/** Light of a place: sun or shade outside, window or lamp inside, or what the mood asks for. */
export function lightOf(
  r: Random,
  how: { mood: Mood; outdoors: boolean; frontal: boolean; backdrop: Lighting['backdrop'] },
): Lighting {
  const { mood, outdoors, backdrop } = how;
  const side = r.pick([-1, 1]);
  const base = outdoors ? daylight(r, side, backdrop) : indoors(r, { side, backdrop, frontal: how.frontal });
  if (mood === 'hard')
    return {
      ...base,
      key: {
        from: [side, -r.between(0.05, 0.5), r.between(0.3, 0.7)],
        colour: scaled(warmth(r.between(0.15, 0.5)), 4.4),
        soft: 0.02,
      },
      rim: { ...base.rim, colour: [0.04, 0.05, 0.07] },
      sky: scaled(warmth(-0.35), 0.2),
      ground: scaled(warmth(0.1), 0.08),
      exposure: r.between(0.44, 0.58),
    };
  if (mood === 'mixed') {
    const first = r.pick([-1, 1]);
    return {
      ...base,
      key: { ...base.key, colour: scaled(warmth(first * r.between(0.75, 1)), 1.7) },
      rim: { from: [-side, -0.35, 0.3], colour: scaled(warmth(-first * r.between(1, 1.35)), 1.9), soft: 1 },
      sky: scaled(warmth(r.pick([0.5, -0.5])), 0.3),
    };
  }
  if (mood === 'dim')
    return {
      ...base,
      key: { ...base.key, colour: scaled(warmth(r.between(0.3, 0.8)), 0.9) },
      sky: scaled(base.sky, 0.5),
      exposure: base.exposure * r.between(0.42, 0.6),
      backdrop: [scaled(backdrop[0], 0.25), scaled(backdrop[1], 0.3)],
    };
  return base;
}

function daylight(r: Random, side: number, backdrop: Lighting['backdrop']): Lighting {
  const sunny = r.chance(0.55);
  return {
    key: {
      from: [side * r.between(0.5, 1), -r.between(0.5, 1.1), r.between(0.9, 1.6)],
      colour: scaled(
        warmth(sunny ? r.between(0.05, 0.25) : -0.05),
        sunny ? r.between(2.2, 2.7) : r.between(1.1, 1.4),
      ),
      soft: sunny ? r.between(0.06, 0.2) : r.between(0.7, 1),
    },
    rim: { from: [-side, 0.3, 0.7], colour: scaled(warmth(-0.15), 0.3), soft: 1 },
    sky: scaled(warmth(sunny ? -0.28 : -0.1), sunny ? 0.5 : 0.82),
    ground: scaled(warmth(0.15), sunny ? 0.28 : 0.22),
    backdrop,
    exposure: sunny ? r.between(0.44, 0.52) : r.between(0.56, 0.66),
  };
}

function indoors(
  r: Random,
  how: { side: number; backdrop: Lighting['backdrop']; frontal: boolean },
): Lighting {
  const { side, backdrop, frontal } = how;
  const lamp = r.chance(0.45);
  const tone = lamp ? r.between(0.25, 0.5) : r.between(-0.2, 0.12);
  return {
    key: {
      from: frontal
        ? [side * r.between(0.1, 0.5), -1.6, r.between(0.5, 0.8)]
        : [side * r.between(0.5, 1), -r.between(0.35, 0.9), lamp ? r.between(1.1, 1.8) : r.between(0.6, 1.1)],
      colour: scaled(warmth(tone), r.between(1.6, 2.1)),
      soft: lamp ? r.between(0.25, 0.5) : r.between(0.4, 0.8),
    },
    rim: { from: [-side, -0.2, 0.6], colour: scaled(warmth(lamp ? -0.2 : 0.25), 0.3), soft: 1 },
    sky: scaled(warmth(tone * 0.6), 0.54),
    ground: scaled(warmth(tone * 0.6 + 0.25), 0.26),
    backdrop,
    exposure: r.between(0.54, 0.64),
  };
}
