import type { UsageTotals } from '@likeness/core/usage/get-usage';
import type { DayOfSearches } from '@likeness/core/usage/recent-searches';
import { useFormatter, useTranslations } from 'next-intl';
import { COUNTED_BELOW, percentNumber, plusMinus, THIN, wilson } from '../numbers/measured-share.ts';

export function Figures({ day, usage }: { day: DayOfSearches; usage: UsageTotals }) {
  const t = useTranslations('overview');
  const format = useFormatter();
  const { searches, answered, p50, p95 } = day;
  const share = searches ? answered / searches : 0;
  const few = searches < COUNTED_BELOW;
  return (
    <dl className="figures">
      <div>
        <dt>{t('searches')}</dt>
        <dd>{format.number(searches)}</dd>
        <dd className="note">{t('searchesNote')}</dd>
      </div>
      <div>
        <dt>{t('answered')}</dt>
        <dd>
          {searches === 0 ? (
            '—'
          ) : few ? (
            t('counted', { some: answered, all: searches })
          ) : (
            <>
              {percentNumber(format, share, searches)}
              <small>{`${THIN}%`}</small>
            </>
          )}
        </dd>
        <dd className="note">
          {few
            ? t('tooFew', { count: searches })
            : t('answeredNote', {
                half: plusMinus(format, { share, ci: wilson(share, searches), n: searches }) ?? '',
                count: searches,
              })}
        </dd>
      </div>
      <div>
        <dt>{t('p95')}</dt>
        <dd>
          {p95 === null ? (
            '—'
          ) : (
            <>
              {format.number(Math.round(p95))}
              <small>{`${THIN}ms`}</small>
            </>
          )}
        </dd>
        <dd className="note">{p50 === null ? t('noneYet') : t('p50', { ms: Math.round(p50) })}</dd>
      </div>
      <div>
        <dt>{t('billed')}</dt>
        <dd>{format.number(usage.meters.search + usage.meters.detect)}</dd>
        <dd className="note">{t('billedNote')}</dd>
      </div>
    </dl>
  );
}
