'use client';
import { useEffect } from 'react';

const SHOWN_MS = 4000;

export function Toast({ text, onGone }: { text: string | null; onGone(): void }) {
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(onGone, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [text, onGone]);
  return (
    <div role="status" className={text === null ? 'vh' : 'toast'}>
      {text}
    </div>
  );
}
