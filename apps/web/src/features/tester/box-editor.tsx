'use client';
import type { Box, Point } from '@likeness/contracts/box';
import type { SearchObject } from '@likeness/core/search/search-types';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import {
  boxAfterKey,
  centreOf,
  drawBox,
  HANDLES,
  type Handle,
  moveBox,
  resizeBox,
  type Size,
  smallestBox,
  spokenBox,
} from './box-geometry.ts';

type Drag = { from: Point; start: Box | null; handle: Handle | 'move' | 'draw'; moved: boolean };
type Props = {
  url: string;
  source: Size | null;
  objects: SearchObject[];
  box: Box | null;
  /** Word for what is framed. */
  label: string;
  score: number | null;
  onChange(box: Box, settled: boolean): void;
  onPick(box: Box): void;
  onSearch(): void;
  onUndo(): void;
  onReset(): void;
};

const percent = (value: number): string => `${value * 100}%`;
const same = (a: Box, b: Box | null): boolean =>
  b !== null && a.every((value, i) => Math.abs(value - (b[i] ?? 0)) < 0.002);

/** The photo with dots on what was found and one frame that can be moved, resized or drawn anew. */
export function BoxEditor(props: Props) {
  const { url, source, objects, box, label, score, onChange, onPick } = props;
  const t = useTranslations('search');
  const stage = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);
  const [dragging, setDragging] = useState(false);

  const size = (): Size => {
    const { width = 1, height = 1 } = stage.current?.getBoundingClientRect() ?? {};
    return { width, height };
  };
  const minimum = (): Size => smallestBox({ shown: size(), source: source ?? { width: 4000, height: 4000 } });
  const pointOf = (event: PointerEvent): Point => {
    const area = stage.current?.getBoundingClientRect() ?? { left: 0, top: 0, width: 1, height: 1 };
    return [(event.clientX - area.left) / area.width, (event.clientY - area.top) / area.height];
  };
  const boxOf = (current: Drag, to: Point): Box => {
    const shift = { dx: to[0] - current.from[0], dy: to[1] - current.from[1] };
    if (current.handle === 'draw' || !current.start) return drawBox(current.from, { to, min: minimum() });
    if (current.handle === 'move') return moveBox(current.start, shift);
    return resizeBox(current.start, { ...shift, handle: current.handle, min: minimum() });
  };
  const begin = (event: PointerEvent, handle: Drag['handle']): void => {
    if (event.button !== 0) return;
    event.stopPropagation();
    stage.current?.setPointerCapture(event.pointerId);
    drag.current = { from: pointOf(event), start: box, handle, moved: false };
  };
  const proceed = (event: PointerEvent): void => {
    const current = drag.current;
    if (!current) return;
    const to = pointOf(event);
    const far = Math.hypot(...[0, 1].map((i) => ((to[i] ?? 0) - (current.from[i] ?? 0)) * size().width)) > 4;
    if (!current.moved && !far) return;
    current.moved = true;
    setDragging(true);
    onChange(boxOf(current, to), false);
  };
  const end = (event: PointerEvent): void => {
    const current = drag.current;
    drag.current = null;
    setDragging(false);
    if (current?.moved) onChange(boxOf(current, pointOf(event)), true);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!box || event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') return props.onReset();
    if (event.key.toLowerCase() === 'z' && (event.metaKey || event.ctrlKey)) return props.onUndo();
    const how = { key: event.key, resize: event.shiftKey, fine: event.altKey, min: minimum() };
    const next = boxAfterKey(box, how);
    if (!next) return;
    event.preventDefault();
    onChange(next, true);
  };

  return (
    <div
      ref={stage}
      className={dragging ? 'photo dragging' : 'photo'}
      data-testid="photo"
      onPointerDown={(event) => begin(event, 'draw')}
      onPointerMove={proceed}
      onPointerUp={end}
      onPointerCancel={end}
    >
      {/* biome-ignore lint/performance/noImgElement: a local blob; nothing to optimise. */}
      <img src={url} alt={t('photoAlt')} draggable={false} />
      {objects
        .filter((each) => !same(each.box, box))
        .map((each) => (
          <button
            key={each.id}
            type="button"
            className="odot"
            style={{ left: percent(centreOf(each.box)[0]), top: percent(centreOf(each.box)[1]) }}
            aria-label={t('pickObject', { label: each.label })}
            onPointerDown={(event) => event.stopPropagation()}
            onClick={() => onPick(each.box)}
          >
            <i />
          </button>
        ))}
      {box && (
        <button
          type="button"
          className="frame"
          data-keys=""
          data-testid="frame"
          style={{
            left: percent(box[0]),
            top: percent(box[1]),
            width: percent(box[2] - box[0]),
            height: percent(box[3] - box[1]),
          }}
          aria-label={`${t('frame', { label })}. ${t('spoken', spokenBox(box))}`}
          onPointerDown={(event) => begin(event, 'move')}
          onKeyDown={onKeyDown}
          onClick={(event) => event.detail === 0 && props.onSearch()}
        >
          <span className={box[1] < 0.07 ? 'lab below' : 'lab'}>
            <b>{label}</b> {score === null ? null : <em>{score.toFixed(2)}</em>}
          </span>
          {HANDLES.map((handle) => (
            <i key={handle} className={`h ${handle}`} onPointerDown={(event) => begin(event, handle)} />
          ))}
        </button>
      )}
    </div>
  );
}
