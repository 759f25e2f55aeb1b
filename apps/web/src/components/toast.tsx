'use client';
import { useEffect } from 'react';

const SHOWN_MS = 4000;
const SHOWN_WITH_ACTION_MS = 8000;

type Props = { text: string | null; onGone(): void; action?: { label: string; act(): void } | undefined };

/** A word on what was done; with an action (undo) it stays longer. */
export function Toast({ text, onGone, action }: Props) {
  const shownMs = action ? SHOWN_WITH_ACTION_MS : SHOWN_MS;
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(onGone, shownMs);
    return () => clearTimeout(timer);
  }, [text, onGone, shownMs]);
  return (
    <div role="status" className={text === null ? 'vh' : 'toast'}>
      {text}
      {text !== null && action && (
        <button type="button" className="link" onClick={action.act}>
          {action.label}
        </button>
      )}
    </div>
  );
}
