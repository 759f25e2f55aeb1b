import type { Random } from '../random.ts';

/** A draw of the standard normal distribution (Box and Muller 1958). */
export const normal = (r: Random): number =>
  Math.sqrt(-2 * Math.log(1 - r.next())) * Math.cos(2 * Math.PI * r.next());
