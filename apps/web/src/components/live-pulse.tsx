'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';

const ASK_EVERY_MS = 20_000;

/** The live version, and whether a search of it would be answered: asked again and again while the page is looked at. */
export function LivePulse({ number }: { number: number }) {
  const t = useTranslations('shell');
  const [silent, setSilent] = useState(false);
  useEffect(() => {
    let asking = false;
    async function ask(): Promise<void> {
      if (asking || document.hidden || !navigator.onLine) return;
      asking = true;
      const answer = await fetch('/readyz', { cache: 'no-store' }).catch(() => null);
      asking = false;
      setSilent(!answer?.ok);
    }
    void ask();
    const timer = setInterval(() => void ask(), ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <b className={silent ? 'bad' : undefined} aria-live="polite">
      <span className={silent ? 'pulse silent' : 'pulse'} />
      {t(silent ? 'silent' : 'live', { number })}
    </b>
  );
}
