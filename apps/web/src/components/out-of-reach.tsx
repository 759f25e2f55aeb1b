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
