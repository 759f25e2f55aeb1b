/** What makes a street photo hard; each is a group of the evaluation. `plain` is what a patient shopper takes. */
export const STREET_GROUPS = [
  'plain',
  'perspective',
  'rotated',
  'upside_down',
  'hard_light',
  'mixed_light',
  'blur',
  'noise',
  'occluded',
  'worn',
  'shelf',
  'screenshot',
  'several',
  'none',
] as const;
export type StreetGroup = (typeof STREET_GROUPS)[number];
/** Lowest and highest of an even draw. */
export type Range = readonly [number, number];
export type Mood = 'ordinary' | 'hard' | 'mixed' | 'dim';

/** How the photos of a group are taken: the one table to tune difficulty with. */
export type GroupHow = {
  /** Longer side of the good's box over the frame's shorter side. */
  share: Range;
  /** Degrees that the good is turned from its front, to either side. */
  turn: Range;
  /** Degrees that the camera is lifted beyond what the pose asks for. */
  lift: Range;
  /** Focal length in heights of the picture; short = strong perspective. */
  focal: Range;
  /** Degrees that the camera is rolled, to either side. */
  roll: Range;
  /** How far the good's middle may lie from the frame's, as a share of the frame. */
  off: number;
  mood: Mood;
  /** Number of things that lie about. */
  clutter: Range;
  /** Least and most share of the wanted good's pixels that can be seen. */
  seen: Range;
  /** Standard deviation of the grain, sRGB steps. */
  grain: Range;
  /** Reach of motion blur as a share of the picture's width. */
  motion: Range;
  /** How much the corners darken. */
  vignette: Range;
  /** Strength of a wrong white balance, share of a channel. */
  cast: number;
  quality: Range;
};

const PLAIN: GroupHow = {
  share: [0.62, 0.75],
  turn: [0, 18],
  lift: [0, 6],
  focal: [1.3, 1.7],
  roll: [0, 4],
  off: 0.03,
  mood: 'ordinary',
  clutter: [1, 3],
  seen: [0.9, 1],
  grain: [1, 4],
  motion: [0, 0],
  vignette: [0, 0.12],
  cast: 0.03,
  quality: [78, 90],
};
/** Every other group: a plain photo of a somewhat smaller good in a busier place, and its own difficulty. */
const BUSY: GroupHow = {
  ...PLAIN,
  share: [0.5, 0.66],
  turn: [5, 32],
  lift: [0, 10],
  roll: [0, 7],
  off: 0.09,
  clutter: [3, 6],
  seen: [0.75, 1],
  grain: [2, 6],
  vignette: [0.05, 0.3],
  cast: 0.06,
  quality: [66, 84],
};

export const GROUP_HOW: Record<StreetGroup, GroupHow> = {
  plain: PLAIN,
  perspective: { ...BUSY, turn: [34, 62], lift: [14, 34], focal: [0.72, 0.95], off: 0.12 },
  rotated: { ...BUSY, roll: [35, 145] },
  upside_down: { ...BUSY, roll: [168, 180] },
  hard_light: { ...BUSY, mood: 'hard' },
  mixed_light: { ...BUSY, mood: 'mixed', cast: 0.14 },
  blur: { ...BUSY, motion: [0.018, 0.034] },
  noise: { ...BUSY, mood: 'dim', grain: [22, 38], vignette: [0.25, 0.5], quality: [34, 50] },
  occluded: { ...BUSY, seen: [0.5, 0.8] },
  worn: { ...BUSY, share: [0.46, 0.64], turn: [5, 35], lift: [0, 8], seen: [0.4, 1] },
  shelf: { ...BUSY, share: [0.44, 0.58], turn: [0, 24], lift: [0, 10], off: 0.14, seen: [0.6, 1] },
  screenshot: { ...BUSY, share: [0.58, 0.74], cast: 0.09, quality: [44, 60] },
  several: { ...BUSY, share: [0.34, 0.46], lift: [0, 16], seen: [0.6, 1] },
  none: { ...BUSY, share: [0.34, 0.55], clutter: [6, 10] },
};

/** Share of a good that must be seen for a photo to count as one of it. */
export const LEAST_SEEN = 0.15;
/** Share of the frame from which a piece of a good is seen by anybody, however little of the good it is. */
export const LEAST_OF_FRAME = 0.002;
