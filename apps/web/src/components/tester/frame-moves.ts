import type { Box } from '@likeness/contracts/box';
import { drawBox, type Handle, type Minimum, moveBox, resizeBox } from './box-geometry.ts';

/** A place on the photo, in fractions of it. */
export type Point = [number, number];
/** What was pressed, where, and the box as it was then. */
export type Grab = { kind: 'move' | 'draw' | Handle; from: Point; box: Box };
type Rect = { left: number; top: number; width: number; height: number };
type Key = { key: string; shiftKey: boolean; altKey: boolean };

/** Where a pointer is on the photo, however large the photo is shown and however far it is scrolled. */
export function pointOn(photo: Rect, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  return [(clientX - photo.left) / photo.width, (clientY - photo.top) / photo.height];
}

/** The box that a grab makes when the pointer has come to a place. */
export function pulledBox({ kind, from, box }: Grab, to: Point, min: Minimum): Box {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  if (kind === 'move') return moveBox(box, dx, dy);
  if (kind === 'draw') return drawBox(from, to, min);
  return resizeBox(box, { handle: kind, dx, dy, min });
}

/** The box after an arrow key, a step of 1 % or 0.1 %; null for any other key. */
export function keyedBox(box: Box, { key, shiftKey, altKey }: Key, min: Minimum): Box | null {
  const step = altKey ? 0.001 : 0.01;
  const dx = key === 'ArrowLeft' ? -step : key === 'ArrowRight' ? step : 0;
  const dy = key === 'ArrowUp' ? -step : key === 'ArrowDown' ? step : 0;
  if (!dx && !dy) return null;
  return shiftKey ? resizeBox(box, { handle: 'se', dx, dy, min }) : moveBox(box, dx, dy);
}
