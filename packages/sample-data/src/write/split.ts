/** Sizes of families repeat after so many (`placeInFamily`). */
const ROUND = 6;

/**
 * Whether a family's street photos are test queries; those of the others train. A whole family goes one way, so that
 * siblings never stand on both sides. Even families test, odd ones train, and in every second round of sizes the other
 * way about: else all families with siblings would test and none would train.
 */
export const isTestFamily = (family: number): boolean => (family + Math.floor(family / ROUND)) % 2 === 0;
