/** How many times as large as its place the photo is shown. */
export const LEAST = 1;
export const MOST = 4;
const LEVELS: readonly number[] = [LEAST, 1.5, 2, 3, MOST];
/** So near to the whole photo, the whole photo is meant. */
const NEARLY = 1.03;

/** The zoom that a gesture asks for, as far as it goes. */
export const zoomWithin = (zoom: number): number => (zoom < NEARLY ? LEAST : Math.min(zoom, MOST));

/** The next level of the keys and buttons in one direction; the last one stays. */
export function nextZoom(zoom: number, direction: 'in' | 'out'): number {
  return direction === 'in'
    ? (LEVELS.find((level) => level > zoom) ?? MOST)
    : (LEVELS.findLast((level) => level < zoom) ?? LEAST);
}

/** One axis of the view, in pixels: where the photo begins in what is scrolled, how long both are, how far it is scrolled. */
export type Axis = { photo: number; length: number; view: number; scroll: number };

/** The part of the photo (0 to 1) that is in the middle of the view. */
export const centreOf = ({ photo, length, view, scroll }: Axis): number =>
  (scroll + view / 2 - photo) / length;

/** How far to scroll so that this part of the photo is in the middle. */
export const scrollTo = (centre: number, { photo, length, view }: Omit<Axis, 'scroll'>): number =>
  photo + centre * length - view / 2;

/** How far to scroll, as little as possible, so that a stretch of the photo is seen with some room round it. */
export function scrollToSee([from, to]: [number, number], axis: Axis, room: number): number {
  const start = axis.photo + from * axis.length - room;
  const end = axis.photo + to * axis.length + room;
  // Between the two a short stretch is seen whole, and a long one fills the view.
  const [low, high] = [Math.min(start, end - axis.view), Math.max(start, end - axis.view)];
  return Math.min(Math.max(axis.scroll, low), high);
}
