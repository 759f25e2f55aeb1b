'use client';
import type { Box } from '@likeness/contracts/box';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { FoundObject } from '../../server/view/search-view.ts';
import { type Minimum, sameBox, WHOLE } from './box-geometry.ts';
import { Frame } from './frame.tsx';
import { type Grab, keyedBox, pointOn, pulledBox } from './frame-moves.ts';
import { ObjectDots } from './object-dots.tsx';
import { useObjectName } from './object-name.ts';
import { PhotoView } from './photo-view.tsx';
import type { PhotoView as View } from './use-photo-view.ts';
import { usePinch } from './use-pinch.ts';

type Props = {
  url: string;
  image: { width: number; height: number } | null;
  box: Box | null;
  objects: FoundObject[];
  /** The box that a product of the catalog is indexed with: nobody drew it, and no object stands behind it. */
  stored: Box | null;
  busy: boolean;
  /** The photo's element. */
  stage: RefObject<HTMLDivElement | null>;
  /** Its size on the screen. */
  shown: { width: number; height: number };
  minimum(): Minimum;
  /** Which part of it is seen. */
  view: View;
  /** Width over height of the picture, as soon as it is known. */
  onRatio(ratio: number): void;
  onHold(box: Box): void;
  onSearch(box: Box, when: 'now' | 'settled' | 'repeated'): void;
};
type Held = Grab & { pointer: number; was: Box | null; moved: boolean };
/** A press that moves less than this (of the photo as it is at 100 %) was a click. */
const STILL = 0.006;

/** The photo with a dot on each object and the frame that is searched; pointer, touch and keys. */
export function BoxEditor(props: Props) {
  const { url, image, box, objects, stored, busy, stage, shown, minimum, view, onRatio, onHold, onSearch } =
    props;
  const t = useTranslations('tester');
  const nameOf = useObjectName();
  const grab = useRef<Held | null>(null);
  /** The box that a hand has made: it is not scrolled to, as the hand is there. */
  const byHand = useRef<Box | null>(null);
  const [own, setOwn] = useState<{ width: number; height: number } | null>(null);
  const [dragging, setDragging] = useState(false);
  const size = image ?? own;
  const found = objects.find((each) => sameBox(each.box, box))?.label;
  const kept = sameBox(stored, box) && !sameBox(box, WHOLE) ? t('storedBox') : null;

  const pinch = usePinch(stage, view, abandon);
  useEffect(() => {
    if (box && !sameBox(box, byHand.current)) view.see(box);
  }, [box?.join()]);

  function take(event: PointerEvent, kind: Held['kind']): void {
    if (event.button !== 0 || !image) return;
    event.stopPropagation();
    event.preventDefault();
    stage.current!.setPointerCapture(event.pointerId);
    if (kind === 'move') (event.currentTarget as HTMLElement).focus({ preventScroll: true });
    grab.current = {
      kind,
      from: pointOn(stage.current!.getBoundingClientRect(), event),
      box: box ?? WHOLE,
      was: box,
      pointer: event.pointerId,
      moved: false,
    };
  }
  function pull(event: PointerEvent): void {
    const held = grab.current;
    if (held?.pointer !== event.pointerId) return;
    const to = pointOn(stage.current!.getBoundingClientRect(), event);
    if (!held.moved && Math.hypot(to[0] - held.from[0], to[1] - held.from[1]) * view.zoom < STILL) return;
    if (!held.moved) setDragging(true);
    held.moved = true;
    byHand.current = pulledBox(held, to, minimum());
    onHold(byHand.current);
  }
  function letGo(): Held | null {
    const held = grab.current;
    grab.current = null;
    setDragging(false);
    return held?.moved ? held : null;
  }
  function release(event: PointerEvent): void {
    if (grab.current?.pointer !== event.pointerId) return;
    if (letGo() && box) onSearch(box, 'settled');
  }
  /** A second finger came: the first one meant the photo, not its frame. */
  function abandon(): void {
    const before = letGo()?.was;
    if (before) onSearch(before, 'settled');
  }
  function onKey(event: KeyboardEvent): void {
    if (!box) return;
    const next = keyedBox(box, event, minimum());
    if (next) {
      event.preventDefault();
      onSearch(next, event.repeat ? 'repeated' : 'settled');
    } else if (event.key === 'Enter') onSearch(box, 'now');
  }

  const style = size
    ? { aspectRatio: `${size.width} / ${size.height}`, '--ar': size.width / size.height }
    : {};
  return (
    <PhotoView view={view} photo={stage}>
      <div
        ref={stage}
        className={dragging ? 'photo dragging' : 'photo'}
        style={style as React.CSSProperties}
        onPointerDown={(event) => take(event, 'draw')}
        onPointerMove={pull}
        onPointerUp={release}
        onPointerCancel={release}
        {...pinch}
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
    </PhotoView>
  );
}

const placeOf = ([x1, y1, x2, y2]: Box) => ({
  left: `${x1 * 100}%`,
  top: `${y1 * 100}%`,
  width: `${(x2 - x1) * 100}%`,
  height: `${(y2 - y1) * 100}%`,
});
