'use client';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { isUndo } from '../page-keys.ts';
import { fractionOf } from './typed-sides.ts';

type Props = {
  label: string;
  /** In per cent; null where there is no box yet. */
  value: number | null;
  onType(fraction: number, when: 'now' | 'settled'): void;
  /** Enter where nothing was typed. */
  onNow(): void;
  onUndo(): void;
};

/** One number of the box: it follows the frame until something is typed, which counts from Enter or on leaving. */
export function PercentField({ label, value, onType, onNow, onUndo }: Props) {
  const t = useTranslations('tester');
  const input = useRef<HTMLInputElement>(null);
  const wrongId = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const shown = value === null ? '' : String(value);
  function write(text: string | null): void {
    setDraft(text);
    setWrong(null);
  }
  // The frame went on by other means: what was left here half typed is of no box.
  useEffect(() => {
    if (document.activeElement === input.current) return;
    setDraft(null);
    setWrong(null);
  }, [shown]);

  function take(when: 'now' | 'settled'): void {
    const typed = draft === shown ? null : draft;
    const fraction = typed === null ? null : fractionOf(typed);
    if (typed !== null && fraction === null) {
      setWrong(typed);
      return;
    }
    write(null);
    if (fraction !== null) onType(fraction, when);
  }
  function onKey(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') write(null);
    else if (event.key === 'Enter') {
      if (draft === null || draft === shown) onNow();
      take('now');
    } else if (draft === null && isUndo(event.nativeEvent)) {
      event.preventDefault();
      onUndo();
    }
  }
  return (
    <>
      <label className="field">
        <span>{label}</span>
        <input
          ref={input}
          className="input"
          inputMode="decimal"
          autoComplete="off"
          value={draft ?? shown}
          aria-invalid={wrong !== null}
          aria-describedby={wrong === null ? undefined : wrongId}
          onChange={(event) => write(event.target.value)}
          onBlur={() => take('settled')}
          onKeyDown={onKey}
        />
      </label>
      {wrong !== null && (
        <p className="wrong" id={wrongId} role="alert">
          {t('notPercent', { side: label, text: wrong })}
        </p>
      )}
    </>
  );
}
