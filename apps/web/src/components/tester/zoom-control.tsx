'use client';
import { Minus, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { MouseEvent } from 'react';
import { LEAST, MOST } from './zoom.ts';

type Props = { zoom: number; onStep(direction: 'in' | 'out'): void; onReset(): void };

/** A press leaves the focus where it was: the keys go on acting on the frame. */
const keepFocus = (event: MouseEvent): void => event.preventDefault();

/** How large the photo is shown; in sight where a pointer or the focus is near, and as long as the photo is zoomed. */
export function ZoomControl({ zoom, onStep, onReset }: Props) {
  const t = useTranslations('tester');
  const percent = Math.round(zoom * 100);
  return (
    <fieldset className={zoom > LEAST ? 'zoom on' : 'zoom'} onMouseDown={keepFocus}>
      <legend className="vh">{t('zoom')}</legend>
      <button
        type="button"
        className="icon"
        title={t('zoomOut')}
        aria-label={t('zoomOut')}
        aria-disabled={zoom <= LEAST}
        onClick={() => onStep('out')}
      >
        <Minus />
      </button>
      <button type="button" className="level" title={t('zoomReset')} onClick={onReset}>
        {percent}&nbsp;%<span className="vh"> {t('zoomReset')}</span>
      </button>
      <button
        type="button"
        className="icon"
        title={t('zoomIn')}
        aria-label={t('zoomIn')}
        aria-disabled={zoom >= MOST}
        onClick={() => onStep('in')}
      >
        <Plus />
      </button>
    </fieldset>
  );
}
