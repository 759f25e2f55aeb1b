import type { UsageTotals } from '@likeness/core/usage/get-usage';
import type { DayOfSearches } from '@likeness/core/usage/recent-searches';
import { useFormatter, useTranslations } from 'next-intl';

/** Below this many searches a share says more than it knows: counts are shown instead. */
const PERCENT_FROM = 30;

/** Half the Wilson interval of a share, 95 %. */
export function wilsonHalf(share: number, n: number): number {
  const z = 1.96;
  return (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
}

export function Figures({ day, usage }: { day: DayOfSearches; usage: UsageTotals }) {
  const t = useTranslations('overview');
  const format = useFormatter();
  const { searches, answered, p50, p95 } = day;
  const share = searches ? answered / searches : 0;
  const few = searches < PERCENT_FROM;
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
          {few ? (
            t('counted', { some: answered, all: searches })
          ) : (
            <>
              {format.number(Math.round(share * 100))} <small>%</small>
            </>
          )}
        </dd>
        <dd className="note">
          {few
            ? t('tooFew', { count: searches })
            : t('answeredNote', {
                half: format.number(wilsonHalf(share, searches) * 100, { maximumFractionDigits: 1 }),
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
              {format.number(Math.round(p95))} <small>ms</small>
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
