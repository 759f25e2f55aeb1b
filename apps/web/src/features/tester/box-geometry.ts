import type { Box, Point } from '@likeness/contracts/box';

export type Handle = 'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w';
export const HANDLES: Handle[] = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'];
export type Shift = { dx: number; dy: number };
export type Size = { width: number; height: number };

const SCREEN_PX_MIN = 24;
const SOURCE_PX_MIN = 16;
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** The smallest box in fractions: 24 px on the screen or 16 px of the photo, whichever is larger. */
export function smallestBox({ shown, source }: { shown: Size; source: Size }): Size {
  const side = (screen: number, pixels: number): number =>
    Math.min(1, Math.max(SCREEN_PX_MIN / Math.max(1, screen), SOURCE_PX_MIN / Math.max(1, pixels)));
  return { width: side(shown.width, source.width), height: side(shown.height, source.height) };
}

/** The box moved as a whole; it sticks at the border of the photo and never leaves it. */
export function moveBox([x1, y1, x2, y2]: Box, { dx, dy }: Shift): Box {
  const mx = clamp(dx, -x1, 1 - x2);
  const my = clamp(dy, -y1, 1 - y2);
  return [x1 + mx, y1 + my, x2 + mx, y2 + my];
}

/** The box with one corner or edge moved; it keeps its smallest size and stays inside the photo. */
export function resizeBox(
  [x1, y1, x2, y2]: Box,
  { handle, dx, dy, min }: Shift & { handle: Handle; min: Size },
): Box {
  const west = handle.includes('w') ? clamp(x1 + dx, 0, Math.max(0, x2 - min.width)) : x1;
  const east = handle.includes('e') ? clamp(x2 + dx, Math.min(1, x1 + min.width), 1) : x2;
  const north = handle.includes('n') ? clamp(y1 + dy, 0, Math.max(0, y2 - min.height)) : y1;
  const south = handle.includes('s') ? clamp(y2 + dy, Math.min(1, y1 + min.height), 1) : y2;
  return [west, north, east, south];
}

/** A new box between two points of the photo, in any direction, at least the smallest size. */
export function drawBox(from: Point, { to, min }: { to: Point; min: Size }): Box {
  const span = (a: number, b: number, least: number): [number, number] => {
    const low = clamp(Math.min(a, b), 0, 1);
    const high = clamp(Math.max(a, b), 0, 1);
    if (high - low >= least) return [low, high];
    const start = clamp(a <= b ? low : high - least, 0, 1 - least);
    return [start, start + least];
  };
  const [x1, x2] = span(from[0], to[0], min.width);
  const [y1, y2] = span(from[1], to[1], min.height);
  return [x1, y1, x2, y2];
}

export const centreOf = ([x1, y1, x2, y2]: Box): Point => [(x1 + x2) / 2, (y1 + y2) / 2];

/** Left, top, width and height in whole per cent, as they are read aloud. */
export function spokenBox([x1, y1, x2, y2]: Box): {
  left: number;
  top: number;
  width: number;
  height: number;
} {
  const percent = (value: number): number => Math.round(value * 100);
  return { left: percent(x1), top: percent(y1), width: percent(x2 - x1), height: percent(y2 - y1) };
}

/** What a key does to the box; null where the key is none of ours. `fine` moves ten times less. */
export function boxAfterKey(
  box: Box,
  { key, resize, fine, min }: { key: string; resize: boolean; fine: boolean; min: Size },
): Box | null {
  const step = fine ? 0.001 : 0.01;
  const shifts: Record<string, Shift> = {
    ArrowLeft: { dx: -step, dy: 0 },
    ArrowRight: { dx: step, dy: 0 },
    ArrowUp: { dx: 0, dy: -step },
    ArrowDown: { dx: 0, dy: step },
  };
  const shift = shifts[key];
  if (!shift) return null;
  return resize ? resizeBox(box, { ...shift, handle: 'se', min }) : moveBox(box, shift);
}
