'use client';
import { type PointerEvent, type RefObject, useRef } from 'react';
import { type Point, pointOn } from './frame-moves.ts';
import type { PhotoView } from './use-photo-view.ts';

type Client = { clientX: number; clientY: number };
type Pinch = { point: Point; apart: number; zoom: number };

/** Two fingers on the photo zoom and move it; `onStart` lets go of what the first one had taken. */
export function usePinch(photo: RefObject<HTMLDivElement | null>, view: PhotoView, onStart: () => void) {
  const fingers = useRef(new Map<number, Client>());
  const pinch = useRef<Pinch | null>(null);
  function between(): Client & { apart: number } {
    const [a, b] = [...fingers.current.values()] as [Client, Client];
    return {
      clientX: (a.clientX + b.clientX) / 2,
      clientY: (a.clientY + b.clientY) / 2,
      apart: Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)),
    };
  }
  function down(event: PointerEvent): void {
    if (event.pointerType !== 'touch') return;
    // The first finger of a new touch: none of before is still there, even if nobody said that it left.
    if (event.isPrimary) fingers.current.clear();
    fingers.current.set(event.pointerId, { clientX: event.clientX, clientY: event.clientY });
    if (fingers.current.size < 2) return;
    event.stopPropagation();
    if (fingers.current.size > 2 || !photo.current) return;
    onStart();
    const middle = between();
    const point = pointOn(photo.current.getBoundingClientRect(), middle);
    pinch.current = { point, apart: middle.apart, zoom: view.zoom };
  }
  function move(event: PointerEvent): void {
    if (!fingers.current.has(event.pointerId)) return;
    fingers.current.set(event.pointerId, { clientX: event.clientX, clientY: event.clientY });
    const from = pinch.current;
    if (!from || fingers.current.size !== 2) return;
    event.stopPropagation();
    const { apart, clientX, clientY } = between();
    view.zoomTo((from.zoom * apart) / from.apart, { point: from.point, clientX, clientY });
  }
  function up(event: PointerEvent): void {
    fingers.current.delete(event.pointerId);
    pinch.current = null;
  }
  return {
    onPointerDownCapture: down,
    onPointerMoveCapture: move,
    onPointerUpCapture: up,
    onPointerCancelCapture: up,
  };
}
