import type { Box, Point } from '@likeness/contracts/box';

export type DetectedBox = { box: Box; label: string; score: number };
export type BoxWeights = { centre: number; score: number; area: number };
/** The terms of a choice, each 0..1, and their weighted sum. */
export type ChoiceReason = { centre: number; score: number; area: number; total: number };
export type RatedBox = DetectedBox & { reason: ChoiceReason };

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
const areaOf = ([x1, y1, x2, y2]: Box): number => clamp((x2 - x1) * (y2 - y1));

/**
 * Terms of the box choice (mission §2): centre = 1 − distance of the middles / half the diagonal, in pixels of the
 * upright image; score = the detector's; area = box / image; total = the weighted sum.
 */
export function rateBox(
  detected: DetectedBox,
  image: { width: number; height: number },
  weights: BoxWeights,
): ChoiceReason {
  const [x1, y1, x2, y2] = detected.box;
  const dx = ((x1 + x2) / 2 - 0.5) * image.width;
  const dy = ((y1 + y2) / 2 - 0.5) * image.height;
  const centre = clamp(1 - Math.hypot(dx, dy) / (Math.hypot(image.width, image.height) / 2));
  const score = clamp(detected.score);
  const area = areaOf(detected.box);
  return {
    centre,
    score,
    area,
    total: weights.centre * centre + weights.score * score + weights.area * area,
  };
}

/** Rates every box; the index of the chosen one (−1 when there is none), ties to the larger area. */
export function chooseBox(
  detected: readonly DetectedBox[],
  image: { width: number; height: number },
  weights: BoxWeights,
): { rated: RatedBox[]; chosen: number } {
  const rated = detected.map((each) => ({ ...each, reason: rateBox(each, image, weights) }));
  let chosen = -1;
  rated.forEach((each, i) => {
    const best = rated[chosen];
    if (!best || each.reason.total > best.reason.total) chosen = i;
    else if (each.reason.total === best.reason.total && each.reason.area > best.reason.area) chosen = i;
  });
  return { rated, chosen };
}

/** The smallest detected box around a point; without one, a square of a third of the shorter side about it. */
export function boxAtPoint(
  detected: readonly DetectedBox[],
  point: Point,
  image: { width: number; height: number },
): Box {
  const [x, y] = point;
  const around = detected
    .map(({ box }) => box)
    .filter(([x1, y1, x2, y2]) => x >= x1 && x <= x2 && y >= y1 && y <= y2)
    .sort((a, b) => areaOf(a) - areaOf(b));
  if (around[0]) return around[0];
  const half = Math.min(image.width, image.height) / 6;
  const [rx, ry] = [half / image.width, half / image.height];
  const left = Math.min(Math.max(0, x - rx), 1 - 2 * rx);
  const top = Math.min(Math.max(0, y - ry), 1 - 2 * ry);
  return [left, top, left + 2 * rx, top + 2 * ry];
}
