import type { EvaluationScores } from '@likeness/contracts/evaluation';
import { unsureAtEnds } from '../../components/numbers/measured-share.ts';

// Where the parts of the CMC chart stand, in pixels from its upper left corner.

export const [HEIGHT, TOP, BOTTOM] = [330, 12, 44];
/** From one line of text to the next. */
export const LINE = 15;
const ROOM_MAX = 104;
const [LATIN, HAN] = [7.5, 13];

/** Room right of the curves for the longest of their names. */
export function roomFor(names: readonly string[]): number {
  const widths = names.map((name) => [...name].reduce((sum, c) => sum + (c > '\u2e80' ? HAN : LATIN), 0));
  return Math.min(ROOM_MAX, 14 + Math.max(0, ...widths));
}

/** The 95 % band of a curve; where all photos were hits, or none, it is as wide as so many photos leave it. */
export function bandOf({ cmc, band, n }: Pick<EvaluationScores, 'cmc' | 'band' | 'n'>): {
  lo: number[];
  hi: number[];
} {
  const all = cmc.map((share, i) =>
    unsureAtEnds({ share, n, ci: [band.lo[i] ?? share, band.hi[i] ?? share] }),
  );
  return { lo: all.map(([lo]) => lo), hi: all.map(([, hi]) => hi) };
}

/** The axis starts at a round ten below the lowest share of any band, and says so by its own number. */
export function lowest(shares: readonly number[]): number {
  const least = Math.min(...shares, 1);
  return Math.max(0, Math.min(0.9, Math.floor(least * 10) / 10));
}

/**
 * Where the values at the rule are written: below a point, but above it for the upper of two (the second, if equal) and
 * where below would be in the axis.
 */
export function readingHeights(points: readonly number[]): number[] {
  const floor = HEIGHT - BOTTOM - 4;
  const below = (at: number): number => (at + 16 > floor ? at - 8 : at + 16);
  const [first = 0, second] = points;
  if (second === undefined) return [below(first)];
  const lower = below(Math.max(first, second));
  const upper = Math.min(Math.min(first, second) - 8, lower - LINE);
  return second <= first ? [lower, upper] : [upper, lower];
}

/** To the right of the rule, or to its left where the curves' names begin. */
export function readingPlace(at: number, right: number): { x: number; textAnchor: 'start' | 'end' } {
  return at + 60 > right ? { x: at - 8, textAnchor: 'end' } : { x: at + 8, textAnchor: 'start' };
}

/** Label heights, each below all lines of the one above, in the order of their values; none runs out below. */
export function spread(labels: readonly { at: number; lines: number }[]): number[] {
  const order = labels.map((_, i) => i).toSorted((a, b) => (labels[a]?.at ?? 0) - (labels[b]?.at ?? 0));
  const out = labels.map((each) => each.at);
  let free = TOP;
  order.forEach((at, i) => {
    const below = order.slice(i).reduce((sum, each) => sum + (labels[each]?.lines ?? 1), 0) * LINE;
    out[at] = Math.max(free, Math.min(out[at] ?? 0, HEIGHT - below));
    free = (out[at] ?? 0) + (labels[at]?.lines ?? 1) * LINE;
  });
  return out;
}
