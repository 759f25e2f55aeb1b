'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useSearchPulse } from '../client/search-pulse.ts';

/** Above every page: what does not answer at the moment, and what still holds. */
export function OutOfReach() {
  const t = useTranslations('state');
  const format = useFormatter();
  const pulse = useSearchPulse();
  const [since, setSince] = useState<Date | null>(null);
  useEffect(() => setSince(pulse === 'alive' ? null : new Date()), [pulse]);
  useEffect(() => (pulse === 'offline' ? stayOnThisPage() : undefined), [pulse]);
  const time = since ? format.dateTime(since, { timeStyle: 'short' }) : '';
  return (
    <div role="status">
      {pulse !== 'alive' && since && (
        <p className="notice warn reach" data-testid="out-of-reach">
          △ {t(`reach.${pulse}`, { time })}
        </p>
      )}
    </div>
  );
}

/** A link that is followed offline would give up the page, and all that was typed on it, for the browser's own error. */
function stayOnThisPage(): () => void {
  const stay = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link?.href || link.hash || link.origin !== window.location.origin) return;
    event.preventDefault();
    event.stopPropagation();
    const notice = document.querySelector('.reach');
    notice?.scrollIntoView({ block: 'nearest' });
    notice?.animate({ opacity: [1, 0.3, 1] }, { duration: 360, iterations: 2 });
  };
  document.addEventListener('click', stay, { capture: true });
  return () => document.removeEventListener('click', stay, { capture: true });
}
