'use client';
import type { Box } from '@likeness/contracts/box';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Point } from './frame-moves.ts';
import { type Axis, centreOf, LEAST, nextZoom, scrollTo, scrollToSee, zoomWithin } from './zoom.ts';

/** A part of the photo, and where it stays on the screen while the zoom changes. */
type Anchor = { point: Point; clientX: number; clientY: number };
/** What is seen round a frame that is brought into view: its handles. */
const ROOM = 32;
const MIDDLE: Point = [0.5, 0.5];

/**
 * How large the photo is shown, and which part of it. The place scrolls and the photo in it is larger; nothing is
 * scaled, so that handles, dots and words keep their size, and places on the photo stay fractions of its element.
 */
export function usePhotoView(photo: RefObject<HTMLDivElement | null>, url: string) {
  const view = useRef<HTMLDivElement>(null);
  const centre = useRef<Point>(MIDDLE);
  const [zoom, setZoom] = useState(LEAST);
  /** What is asked for, which may be ahead of what is laid out. */
  const wanted = useRef(zoom);
  const laidOut = useRef(zoom);

  function axes(): { x: Axis; y: Axis } | null {
    const [place, box] = [view.current?.getBoundingClientRect(), photo.current?.getBoundingClientRect()];
    const scroller = view.current;
    if (!scroller || !place || !box) return null;
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = scroller;
    return {
      x: {
        photo: box.left - place.left + scrollLeft,
        length: box.width,
        view: clientWidth,
        scroll: scrollLeft,
      },
      y: {
        photo: box.top - place.top + scrollTop,
        length: box.height,
        view: clientHeight,
        scroll: scrollTop,
      },
    };
  }
  function showCentre(): void {
    const now = axes();
    if (!now) return;
    view.current?.scrollTo(scrollTo(centre.current[0], now.x), scrollTo(centre.current[1], now.y));
  }
  // At once: were the photo larger before it is scrolled, the scroll of the step before would be read as a hand's.
  useLayoutEffect(() => {
    laidOut.current = zoom;
    showCentre();
  }, [zoom]);
  // Before anything is painted: the place has another size (a phone that scrolls, a window that is pulled).
  useEffect(() => {
    if (!view.current || !photo.current) return;
    const observer = new ResizeObserver(showCentre);
    observer.observe(view.current);
    observer.observe(photo.current);
    return () => observer.disconnect();
  }, []);

  function zoomTo(asked: number, to: Anchor | Point | null): void {
    const now = axes();
    const next = zoomWithin(asked);
    if (to && now && 'point' in to) {
      const place = view.current!.getBoundingClientRect();
      const grown = next / laidOut.current;
      centre.current = [
        to.point[0] + (place.left + now.x.view / 2 - to.clientX) / (now.x.length * grown),
        to.point[1] + (place.top + now.y.view / 2 - to.clientY) / (now.y.length * grown),
      ];
    } else if (to) centre.current = to as Point;
    wanted.current = next;
    setZoom(next);
    // Where only the place changes, nothing is laid out anew.
    if (next === laidOut.current) showCentre();
  }
  useEffect(() => zoomTo(LEAST, MIDDLE), [url]);

  return {
    view,
    zoom,
    /** The zoom that is laid out now, for who measures the photo. */
    laidOut,
    zoomTo,
    /** By a factor, about a place under the pointer. */
    zoomBy: (factor: number, anchor: Anchor) => zoomTo(wanted.current * factor, anchor),
    /** To the next level, with the middle of the frame in the middle of the view. */
    step: (direction: 'in' | 'out', box: Box | null) =>
      zoomTo(nextZoom(wanted.current, direction), middleOf(box)),
    reset: () => zoomTo(LEAST, MIDDLE),
    /** A hand has scrolled: this part is to stay in the middle. */
    onScroll(): void {
      const now = axes();
      if (!now) return;
      const of = (axis: Axis, before: number) => (axis.length > axis.view ? centreOf(axis) : before);
      centre.current = [of(now.x, centre.current[0]), of(now.y, centre.current[1])];
    },
    /** Scrolls to a frame that went out of sight. */
    see([x1, y1, x2, y2]: Box): void {
      const now = axes();
      if (!now || wanted.current === LEAST) return;
      view.current?.scrollTo(scrollToSee([x1, x2], now.x, ROOM), scrollToSee([y1, y2], now.y, ROOM));
    },
  };
}
export type PhotoView = ReturnType<typeof usePhotoView>;

const middleOf = (box: Box | null): Point | null => box && [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
