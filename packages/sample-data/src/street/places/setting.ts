import { place } from '../../mesh/place.ts';
import type { Random } from '../../random.ts';
import type { Actor, Part } from '../../render/scene.ts';
import type { Rgb } from '../../render/skin.ts';
import type { Ground } from '../props/small-things.ts';

/** Ids of scenery in the frame's mask: what lies behind is blurred by its layer. */
export const MIDDLE = 60_001;
export const FAR = 60_002;
/** Id of what belongs to the good and stays sharp with it: a body, a hanger, a hand before it. */
export const SHARP = 60_003;
/** Whether an id is that of a good. */
export const isGood = (id: number): boolean => id > 0 && id < MIDDLE;

/** Where a photo is taken, without the good. The good lies round the origin, on the level z = 0. */
export type Setting = {
  actors: Actor[];
  outdoors: boolean;
  /** Lit from the camera's side, as a shelf is: boards above would shade everything. */
  frontal?: boolean;
  /** What kind of small things lie about, and on which level. */
  ground: Ground;
  /** Half width and the far end of where they can lie, metres. */
  room: { half: number; far: number };
  /** Height of that level, metres; 0 where the good lies on it too. */
  level?: number;
  /** Blur of the two layers behind, standard deviation as a share of the picture's width. */
  blur: { middle: number; far: number };
  backdrop: readonly [Rgb, Rgb];
};

export type PlaceHow = {
  r: Random;
  /** Units of the scene in one metre. */
  metre: number;
  /** How far below the good the floor lies, metres: a worn coat hangs above it. */
  drop: number;
  /** Width that all goods take together, metres: what they lie on must be wider. */
  span: number;
};

/** Parts in metres as an actor of the scene. */
export function inMetres(
  parts: readonly Part[],
  how: {
    metre: number;
    to?: readonly [number, number, number];
    yaw?: number;
    scale?: number;
    id?: number;
    casts?: boolean;
  },
): Actor {
  const { metre, to = [0, 0, 0], yaw = 0, scale = 1, id = 0, casts = false } = how;
  return {
    parts,
    place: place({ scale: metre * scale, yaw, to: [to[0] * metre, to[1] * metre, to[2] * metre] }),
    id,
    casts,
  };
}

/** Skies: clear, hazy, grey, late. Top and bottom, linear light. */
export const SKIES: readonly (readonly [Rgb, Rgb])[] = [
  [
    [0.3, 0.46, 0.72],
    [0.68, 0.76, 0.84],
  ],
  [
    [0.55, 0.62, 0.7],
    [0.78, 0.79, 0.78],
  ],
  [
    [0.52, 0.54, 0.57],
    [0.66, 0.66, 0.66],
  ],
  [
    [0.34, 0.4, 0.55],
    [0.8, 0.62, 0.45],
  ],
];
