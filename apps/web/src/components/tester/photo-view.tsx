'use client';
import {
  type CSSProperties,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react';
import { pointOn } from './frame-moves.ts';
import type { PhotoView as View } from './use-photo-view.ts';
import { useSpaceHeld } from './use-space-held.ts';
import { LEAST } from './zoom.ts';

type Props = { view: View; photo: RefObject<HTMLDivElement | null>; children: ReactNode };
type Pan = { x: number; y: number; left: number; top: number };
/** How much one notch of a wheel may do: some report a hundred pixels, some three lines. */
const NOTCH = 40;

/** The place in which the photo is larger than its place: scrolled, pulled with Space, zoomed by Ctrl and the wheel. */
export function PhotoView({ view, photo, children }: Props) {
  const zoomed = view.zoom > LEAST;
  const over = useRef(false);
  const pan = useRef<Pan | null>(null);
  const [panning, setPanning] = useState(false);
  const ready = useSpaceHeld(() => zoomed && over.current);
  const latest = useRef(view);
  latest.current = view;
  // React listens to wheels passively; the browser would zoom the whole page too.
  useEffect(() => {
    const place = view.view.current;
    function onWheel(event: WheelEvent): void {
      if (!event.ctrlKey || !photo.current) return;
      event.preventDefault();
      const by = Math.max(-NOTCH, Math.min(NOTCH, event.deltaY * (event.deltaMode === 0 ? 1 : 16)));
      const { clientX, clientY } = event;
      const point = pointOn(photo.current.getBoundingClientRect(), event);
      latest.current.zoomBy(Math.exp(-by / 100), { point, clientX, clientY });
    }
    place?.addEventListener('wheel', onWheel, { passive: false });
    return () => place?.removeEventListener('wheel', onWheel);
  }, []);

  function start(event: PointerEvent): void {
    const place = view.view.current;
    if (!ready || !place || event.button !== 0) return;
    event.stopPropagation();
    event.preventDefault();
    place.setPointerCapture(event.pointerId);
    pan.current = { x: event.clientX, y: event.clientY, left: place.scrollLeft, top: place.scrollTop };
    setPanning(true);
  }
  function move(event: PointerEvent): void {
    const from = pan.current;
    if (from)
      view.view.current?.scrollTo(from.left + from.x - event.clientX, from.top + from.y - event.clientY);
  }
  function end(): void {
    pan.current = null;
    setPanning(false);
  }
  const names = ['pview', zoomed && 'zoomed', ready && 'pan', panning && 'panning'];
  return (
    <div
      ref={view.view}
      className={names.filter(Boolean).join(' ')}
      style={{ '--zoom': view.zoom } as CSSProperties}
      onScroll={view.onScroll}
      onPointerEnter={() => {
        over.current = true;
      }}
      onPointerLeave={() => {
        over.current = false;
      }}
      onPointerDownCapture={start}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
    >
      {children}
    </div>
  );
}
