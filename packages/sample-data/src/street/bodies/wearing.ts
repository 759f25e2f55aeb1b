import type { Good } from '../../goods/build-good.ts';
import { unitScale } from '../../goods/stand.ts';
import type { Part } from '../../render/scene.ts';
import { metresOf } from '../real-size.ts';

/** A good on somebody, all in the good's own units. */
export type Worn = {
  body: Part[];
  /** Parts of the good beyond its own: the other shoe of the pair. */
  more: Part[];
  /** Height of the floor under the good's lowest point, metres. */
  drop: number;
  /** Where in the picture's height the good's middle should lie: low for tops, so that a head fits in. */
  aim: number;
};

/** Units of the good in one metre. */
export const metreIn = (good: Good): number => 1 / (unitScale(good) * metresOf(good));
