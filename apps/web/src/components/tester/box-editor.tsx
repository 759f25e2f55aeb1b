'use client';
import type { Box } from '@likeness/contracts/box';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { FoundObject } from '../../server/view/search-view.ts';
import { drawBox, HANDLES, type Handle, minimumOf, moveBox, resizeBox, sameBox } from './box-geometry.ts';
import { useObjectName } from './object-name.ts';

type Props = {
  url: string;
  image: { width: number; height: number } | null;
  box: Box | null;
  detected: Box | null;
  objects: FoundObject[];
  busy: boolean;
  onHold(box: Box): void;
  onSearch(box: Box, when: 'now' | 'settled'): void;
};
type Grab = { kind: 'move' | 'draw' | Handle; from: [number, number]; box: Box; moved: boolean };

const percent = (value: number): number => Math.round(value * 100);

/** The photo with a dot on each object and the frame that is searched; pointer, touch and keys. */
export function BoxEditor({ url, image, box, detected, objects, busy, onHold, onSearch }: Props) {
  const t = useTranslations('tester');
  const nameOf = useObjectName();
  const stage = useRef<HTMLDivElement>(null);
  const grab = useRef<Grab | null>(null);
  const [own, setOwn] = useState<{ width: number; height: number } | null>(null);
  const [dragging, setDragging] = useState(false);
  const size = image ?? own;
  const found = objects.find((each) => sameBox(each.box, box))?.label;
  const label = found && nameOf(found);

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
    if (!held.moved && Math.hypot(dx, dy) < 0.006) return;
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
      onSearch(
        event.shiftKey ? resizeBox(box, { handle: 'se', dx, dy, min }) : moveBox(box, dx, dy),
        'settled',
      );
    } else if (event.key === 'Enter') onSearch(box, 'now');
    else if (event.key === 'Escape' && detected) onSearch(detected, 'now');
  }

  const style = size
    ? { aspectRatio: `${size.width} / ${size.height}`, '--ar': size.width / size.height }
    : {};
  return (
    <div className="pw">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: drawing has its equal for keys on the frame below. */}
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
        <img
          src={url}
          alt={t('photoAlt')}
          draggable={false}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
            setOwn({ width, height })
          }
        />
        {busy && !image && <div className="scan" />}
        {objects.map((each, i) =>
          sameBox(each.box, box) ? null : (
            <button
              key={each.id}
              type="button"
              className="odot"
              style={{
                left: `${((each.box[0] + each.box[2]) / 2) * 100}%`,
                top: `${((each.box[1] + each.box[3]) / 2) * 100}%`,
              }}
              aria-label={t('dot', { label: nameOf(each.label), number: i + 1, count: objects.length })}
              onPointerDown={(event) => event.stopPropagation()}
              onClick={() => onSearch(each.box, 'now')}
            >
              <i />
              <span>{nameOf(each.label)}</span>
            </button>
          ),
        )}
        {box && (
          // biome-ignore lint/a11y/useSemanticElements: the frame is dragged; a fieldset would not say more.
          <div
            className="frame"
            role="group"
            data-keys=""
            data-frame={box.map((value) => value.toFixed(4)).join(',')}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows move the frame.
            tabIndex={0}
            aria-label={`${t('frame')} ${t('frameValue', { left: percent(box[0]), top: percent(box[1]), width: percent(box[2] - box[0]), height: percent(box[3] - box[1]) })}`}
            style={{
              left: `${box[0] * 100}%`,
              top: `${box[1] * 100}%`,
              width: `${(box[2] - box[0]) * 100}%`,
              height: `${(box[3] - box[1]) * 100}%`,
            }}
            onPointerDown={(event) => take(event, 'move')}
            onKeyDown={onKey}
          >
            <span className={box[1] < 0.08 ? 'lab in' : 'lab'}>
              {label ? <b>{label}</b> : t(box.join() === '0,0,1,1' ? 'wholePhoto' : 'yourBox')}
            </span>
            {HANDLES.map((handle) => (
              <span key={handle} className={`h ${handle}`} onPointerDown={(event) => take(event, handle)} />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
