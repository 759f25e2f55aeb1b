'use client';
import { useState } from 'react';

export type Draft<T> = {
  /** What the form shows. */
  now: T;
  set(value: T): void;
  /** What was stored when the reader began to change it: what a save is based on. */
  base: T;
  /** What somebody else stored meanwhile; null where nobody did, or it is what the form shows anyway. */
  theirs: T | null;
  /** Shows what is stored, and goes on from there. */
  take(): void;
};

/** A value that is being changed, beside the stored one, which may change too: other tabs and people save as well. */
export function useDraft<T>(stored: T, same: (a: T, b: T) => boolean): Draft<T> {
  const [now, set] = useState(stored);
  const [base, setBase] = useState(stored);
  const [seen, setSeen] = useState(stored);
  const take = (): void => {
    set(stored);
    setBase(stored);
  };
  if (!same(stored, seen)) {
    setSeen(stored);
    // Nothing of the reader's is lost: the form follows what is stored.
    if (same(now, base) || same(now, stored)) take();
  }
  return { now, set, base, theirs: same(stored, base) || same(now, stored) ? null : stored, take };
}
