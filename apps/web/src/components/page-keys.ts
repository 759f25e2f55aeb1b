'use client';
import { useEffect, useRef } from 'react';

/** True where a key belongs to what is being typed, also while an input method composes. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  return (
    event.isComposing ||
    event.keyCode === 229 ||
    Boolean(target?.closest('input, textarea, select, [contenteditable]'))
  );
}

/** Keys of the page wait while a dialog, a menu or the palette is open. */
export function isCovered(): boolean {
  return document.querySelector('dialog[open], [role="dialog"], [role="menu"]') !== null;
}

/** True for a key pressed alone (or with Shift), so that no shortcut of the browser is taken. */
export const isPlain = (event: KeyboardEvent): boolean => !event.metaKey && !event.ctrlKey && !event.altKey;

/** ⌘Z, Ctrl Z. */
export const isUndo = (event: KeyboardEvent): boolean =>
  event.key.toLowerCase() === 'z' && (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey;

const SINGLE_KEYS = 'likeness.single-keys';

/** Whether keys of one character act (WCAG 2.1.4: who speaks to the browser or types by accident can switch them off). */
export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(SINGLE_KEYS) !== 'off';
  } catch {
    return true;
  }
}

/** Remembered in this browser; where it stores nothing, the keys stay on. */
export function switchSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(SINGLE_KEYS, on ? 'on' : 'off');
  } catch {
    // A browser that refuses storage has nothing to remember it in.
  }
}

/** Listens to the keys that are for the page itself: not typed into a field, not meant for a dialog, not yet used. */
export function usePageKeys(onKey: (event: KeyboardEvent) => void): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    function listen(event: KeyboardEvent): void {
      if (event.defaultPrevented || isTyping(event) || isCovered()) return;
      if (event.key.length === 1 && isPlain(event) && !singleKeysOn()) return;
      latest.current(event);
    }
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

/** One letter of the page, in either case; the browser does not hear it. null where there is nothing to do. */
export function usePageLetter(letter: string, act: (() => void) | null): void {
  usePageKeys((event) => {
    if (!act || !isPlain(event) || event.key.toLowerCase() !== letter) return;
    event.preventDefault();
    act();
  });
}

/** The same for a letter with Shift, for what changes what shoppers get. */
export function usePageShiftLetter(letter: string, act: (() => void) | null): void {
  usePageKeys((event) => {
    if (act && isPlain(event) && event.shiftKey && event.key === letter) act();
  });
}
