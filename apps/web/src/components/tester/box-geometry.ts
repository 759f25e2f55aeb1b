import type { Box } from '@likeness/contracts/box';

export type Handle = 'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w';
export const HANDLES: readonly Handle[] = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'];
/** The whole photo. */
export const WHOLE: Box = [0, 0, 1, 1];
/** Smallest side of a box as fractions of the photo, `[width, height]`. */
export type Minimum = [number, number];

const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), Math.max(low, high));

/** The box moved by a fraction of the photo; it sticks at the border and keeps its size. */
export function moveBox([x1, y1, x2, y2]: Box, dx: number, dy: number): Box {
  const x = clamp(x1 + dx, 0, 1 - (x2 - x1));
  const y = clamp(y1 + dy, 0, 1 - (y2 - y1));
  return [x, y, x + (x2 - x1), y + (y2 - y1)];
}

/** One edge or corner pulled; the opposite one stays, the box never turns inside out nor leaves the photo. */
export function resizeBox(box: Box, pull: { handle: Handle; dx: number; dy: number; min: Minimum }): Box {
  let [x1, y1, x2, y2] = box;
  const { handle, dx, dy, min } = pull;
  if (handle.includes('w')) x1 = clamp(x1 + dx, 0, x2 - min[0]);
  if (handle.includes('e')) x2 = clamp(x2 + dx, x1 + min[0], 1);
  if (handle.includes('n')) y1 = clamp(y1 + dy, 0, y2 - min[1]);
  if (handle.includes('s')) y2 = clamp(y2 + dy, y1 + min[1], 1);
  return [x1, y1, Math.min(1, x2), Math.min(1, y2)];
}

/** A new box between two points, at least the minimum, inside the photo. */
export function drawBox(from: [number, number], to: [number, number], min: Minimum): Box {
  const span = (a: number, b: number, least: number): [number, number] => {
    const low = clamp(Math.min(a, b), 0, 1 - least);
    return [low, clamp(Math.max(a, b), low + least, 1)];
  };
  const [x1, x2] = span(from[0], to[0], min[0]);
  const [y1, y2] = span(from[1], to[1], min[1]);
  return [x1, y1, x2, y2];
}

/** 24 px on screen or 16 px of the source, whichever is larger (and never more than the whole photo). */
export function minimumOf(shown: { width: number; height: number }, source: typeof shown): Minimum {
  const least = (screen: number, pixels: number): number => Math.min(1, Math.max(24 / screen, 16 / pixels));
  return [least(shown.width, source.width), least(shown.height, source.height)];
}

export const sameBox = (a: Box | null, b: Box | null): boolean =>
  a !== null && b !== null && a.every((value, i) => Math.abs(value - b[i]!) < 1e-6);
