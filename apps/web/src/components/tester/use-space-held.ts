'use client';
import { useEffect, useState } from 'react';
import { usePageKeys } from '../page-keys.ts';

/** Whether Space is held down for the page, while it is wanted; what is focused by keys keeps it for itself. */
export function useSpaceHeld(isWanted: () => boolean): boolean {
  const [held, setHeld] = useState(false);
  usePageKeys((event) => {
    if (event.key !== ' ' || !isWanted()) return;
    const control = event.target instanceof Element ? event.target.closest('button, a, summary') : null;
    if (control?.matches(':focus-visible')) return;
    event.preventDefault();
    setHeld(true);
  });
  useEffect(() => {
    const letGo = (event: Event): void => {
      if (!(event instanceof KeyboardEvent) || event.key === ' ') setHeld(false);
    };
    window.addEventListener('keyup', letGo);
    window.addEventListener('blur', letGo);
    return () => {
      window.removeEventListener('keyup', letGo);
      window.removeEventListener('blur', letGo);
    };
  }, []);
  return held;
}
