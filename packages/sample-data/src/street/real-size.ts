import type { Kind } from '../catalog/kinds.ts';
import type { Good } from '../goods/build-good.ts';

/** Longest side of goods, metres: scenery is built in metres, a good is one unit of the scene. */
const METRES: Record<Kind, number> = {
  sneaker: 0.3,
  boot: 0.31,
  shirt: 0.72,
  coat: 1.05,
  trousers: 1.02,
  dress: 1.12,
  hat: 0.3,
  bag: 0.4,
  watch: 0.11,
  carton: 0.21,
  bottle: 0.29,
  can: 0.13,
  pouch: 0.25,
};

export const metresOf = (good: Good | undefined): number => (good ? METRES[good.spec.kind] : 0.4);

/** Size of another good beside the wanted one, in the scene's units: tamed, so that a watch beside a coat can still be seen. */
export const besides = (other: Good, wanted: Good): number =>
  Math.min(1.9, Math.max(0.34, (metresOf(other) / metresOf(wanted)) ** 0.7));

export const GARMENTS: readonly Kind[] = ['shirt', 'coat', 'trousers', 'dress'];
export const isGarment = (good: Good): boolean => GARMENTS.includes(good.spec.kind);
