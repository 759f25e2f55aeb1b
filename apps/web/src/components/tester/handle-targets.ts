import type { Handle } from './box-geometry.ts';

/** A place to press, in pixels from the frame's upper left corner. */
export type Target = { handle: Handle; left: number; top: number; width: number; height: number };
type Size = { width: number; height: number };
/** Pixels that can be pressed beyond each side of the frame. */
export type Room = { left: number; top: number; right: number; bottom: number };

/** What a finger needs. */
export const TARGET = 44;
/** How far a target reaches into the frame, where the frame is large: the rest of its 44 px lies outside. */
const INSIDE = 18;
/** A side shorter than two targets has no edge target, and its corners lie outside, so that it can still be moved. */
export const SMALL = 2 * TARGET;

/** Where each handle is pressed; later ones lie above earlier ones, so a corner wins over an edge. */
export function handleTargets(frame: Size, room: Room): Target[] {
  const [west, east] = sides(frame.width, room.left, room.right);
  const [north, south] = sides(frame.height, room.top, room.bottom);
  const right = frame.width - east.inside;
  const bottom = frame.height - south.inside;
  const wide = frame.width >= SMALL ? frame.width - west.inside - east.inside : 0;
  const high = frame.height >= SMALL ? frame.height - north.inside - south.inside : 0;
  const edges: Target[] = [
    { handle: 'n', left: west.inside, top: -north.outside, width: wide, height: reach(north) },
    { handle: 's', left: west.inside, top: bottom, width: wide, height: reach(south) },
    { handle: 'w', left: -west.outside, top: north.inside, width: reach(west), height: high },
    { handle: 'e', left: right, top: north.inside, width: reach(east), height: high },
  ];
  const corners: Target[] = [
    { handle: 'nw', left: -west.outside, top: -north.outside, width: reach(west), height: reach(north) },
    { handle: 'ne', left: right, top: -north.outside, width: reach(east), height: reach(north) },
    { handle: 'se', left: right, top: bottom, width: reach(east), height: reach(south) },
    { handle: 'sw', left: -west.outside, top: bottom, width: reach(west), height: reach(south) },
  ];
  return [...edges.filter((each) => each.width > 0 && each.height > 0), ...corners];
}

type Side = { inside: number; outside: number };
const reach = ({ inside, outside }: Side): number => inside + outside;

/** Both ends of one axis: outward first; at the photo's border, where there is no room, inward for what is missing. */
function sides(length: number, before: number, after: number): [Side, Side] {
  const side = (room: number): Side => {
    const least = length < SMALL ? 0 : INSIDE;
    const outside = Math.min(TARGET - least, Math.max(0, room));
    // A third of the frame at most, so that its middle always moves it.
    return { outside, inside: Math.max(least, Math.min(TARGET - outside, length / 3)) };
  };
  return [side(before), side(after)];
}

/** Which handle a point belongs to, if any. */
export function handleAt(targets: readonly Target[], [x, y]: [number, number]): Handle | null {
  const hit = targets.findLast(
    ({ left, top, width, height }) => x >= left && x <= left + width && y >= top && y <= top + height,
  );
  return hit?.handle ?? null;
}
