'use client';
import { useTranslations } from 'next-intl';
import { useSearchPulse } from '../client/search-pulse.ts';

/** The live version, and whether a search of it would be answered. */
export function LivePulse({ number }: { number: number }) {
  const t = useTranslations('shell');
  const silent = !['alive', 'offline'].includes(useSearchPulse());
  return (
    <b className={silent ? 'bad' : undefined} aria-live="polite">
      <span className={silent ? 'pulse silent' : 'pulse'} />
      {t(silent ? 'silent' : 'live', { number })}
    </b>
  );
}
