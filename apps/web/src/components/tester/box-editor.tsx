'use client';
import type { Box } from '@likeness/contracts/box';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { FoundObject } from '../../server/view/search-view.ts';
import { drawBox, type Handle, minimumOf, moveBox, resizeBox, sameBox, WHOLE } from './box-geometry.ts';
import { Frame } from './frame.tsx';
import { ObjectDots } from './object-dots.tsx';
import { useObjectName } from './object-name.ts';

type Props = {
  url: string;
  image: { width: number; height: number } | null;
  box: Box | null;
  objects: FoundObject[];
  /** The box that a product of the catalog is indexed with: nobody drew it, and no object stands behind it. */
  stored: Box | null;
  busy: boolean;
  /** Width over height of the picture, as soon as it is known. */
  onRatio(ratio: number): void;
  onHold(box: Box): void;
  onSearch(box: Box, when: 'now' | 'settled' | 'repeated'): void;
};
type Grab = { kind: 'move' | 'draw' | Handle; from: [number, number]; box: Box; moved: boolean };
/** A press that moves less than this (of the photo) was a click. */
const STILL = 0.006;

/** The photo with a dot on each object and the frame that is searched; pointer, touch and keys. */
export function BoxEditor({ url, image, box, objects, stored, busy, onRatio, onHold, onSearch }: Props) {
  const t = useTranslations('tester');
  const nameOf = useObjectName();
  const stage = useRef<HTMLDivElement>(null);
  const grab = useRef<Grab | null>(null);
  const [own, setOwn] = useState<{ width: number; height: number } | null>(null);
  const [shown, setShown] = useState({ width: 0, height: 0 });
  const [dragging, setDragging] = useState(false);
  const size = image ?? own;
  const found = objects.find((each) => sameBox(each.box, box))?.label;
  const kept = sameBox(stored, box) && !sameBox(box, WHOLE) ? t('storedBox') : null;
  useEffect(() => {
    if (!stage.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setShown({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(stage.current);
    return () => observer.disconnect();
  }, []);

  function at(event: PointerEvent): [number, number] {
    const rect = stage.current!.getBoundingClientRect();
    return [(event.clientX - rect.left) / rect.width, (event.clientY - rect.top) / rect.height];
  }
  function minimum(): [number, number] {
    const rect = stage.current!.getBoundingClientRect();
    return minimumOf(rect, size ?? rect);
  }
  function take(event: PointerEvent, kind: Grab['kind']): void {
    if (event.button !== 0 || !image) return;
    event.stopPropagation();
    event.preventDefault();
    stage.current!.setPointerCapture(event.pointerId);
    if (kind === 'move') (event.currentTarget as HTMLElement).focus({ preventScroll: true });
    grab.current = { kind, from: at(event), box: box ?? [0, 0, 1, 1], moved: false };
  }
  function pull(event: PointerEvent): void {
    const held = grab.current;
    if (!held) return;
    const to = at(event);
    const [dx, dy] = [to[0] - held.from[0], to[1] - held.from[1]];
    if (!held.moved && Math.hypot(dx, dy) < STILL) return;
    if (!held.moved) setDragging(true);
    held.moved = true;
    onHold(boxOf(held, { to, dx, dy }));
  }
  function boxOf(held: Grab, how: { to: [number, number]; dx: number; dy: number }): Box {
    if (held.kind === 'move') return moveBox(held.box, how.dx, how.dy);
    if (held.kind === 'draw') return drawBox(held.from, how.to, minimum());
    return resizeBox(held.box, { handle: held.kind, dx: how.dx, dy: how.dy, min: minimum() });
  }
  function release(): void {
    const held = grab.current;
    grab.current = null;
    setDragging(false);
    if (held?.moved && box) onSearch(box, 'settled');
  }
  function onKey(event: KeyboardEvent): void {
    if (!box) return;
    const step = event.altKey ? 0.001 : 0.01;
    const dx = event.key === 'ArrowLeft' ? -step : event.key === 'ArrowRight' ? step : 0;
    const dy = event.key === 'ArrowUp' ? -step : event.key === 'ArrowDown' ? step : 0;
    if (dx || dy) {
      event.preventDefault();
      const min = minimum();
      const next = event.shiftKey ? resizeBox(box, { handle: 'se', dx, dy, min }) : moveBox(box, dx, dy);
      onSearch(next, event.repeat ? 'repeated' : 'settled');
    } else if (event.key === 'Enter') onSearch(box, 'now');
  }

  const style = size
    ? { aspectRatio: `${size.width} / ${size.height}`, '--ar': size.width / size.height }
    : {};
  return (
    <div
      ref={stage}
      className={dragging ? 'photo dragging' : 'photo'}
      style={style as React.CSSProperties}
      onPointerDown={(event) => take(event, 'draw')}
      onPointerMove={pull}
      onPointerUp={release}
      onPointerCancel={release}
      aria-busy={busy}
    >
      <div className="photo-clip">
        <img
          src={url}
          alt={t('photoAlt')}
          draggable={false}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => {
            setOwn({ width, height });
            onRatio(width / height);
          }}
        />
        {box && <div className="shade" style={placeOf(box)} />}
        {busy && !image && <div className="scan" />}
      </div>
      {box && (
        <Frame
          box={box}
          shown={shown}
          label={found ? nameOf(found) : kept}
          style={placeOf(box)}
          onTake={take}
          onKey={onKey}
        />
      )}
      <ObjectDots objects={objects} box={box} onChoose={(next) => onSearch(next, 'now')} />
    </div>
  );
}

const placeOf = ([x1, y1, x2, y2]: Box) => ({
  left: `${x1 * 100}%`,
  top: `${y1 * 100}%`,
  width: `${(x2 - x1) * 100}%`,
  height: `${(y2 - y1) * 100}%`,
});
