import type { LiveNames } from '@likeness/core/index-version/name-live';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { LiveSummary } from '../server/view/live-summary.ts';
import { LivePulse } from './live-pulse.tsx';
import { THIN } from './numbers/measured-share.ts';
import { Share } from './share.tsx';

type Props = { slug: string; summary: LiveSummary; names: LiveNames };

/** What shoppers get now, always in sight: the live version, its model, its measured quality and its speed. */
export function LiveFoot({ slug, summary, names }: Props) {
  const t = useTranslations('shell');
  const format = useFormatter();
  const { live, evaluation, catalogs, catalog } = summary;
  const name = catalogs.length > 1 && catalog?.name;
  if (!live)
    return (
      <div className="livebox">
        <div>
          <b>
            <span className="pulse off" />
            {t('notLive')}
          </b>
          {name && <span className="clip">{name}</span>}
        </div>
      </div>
    );
  const { result } = evaluation ?? {};
  return (
    <div className="livebox">
      <div>
        <LivePulse number={live.number} />
        {names.model && (
          <span className="clip" title={names.model}>
            {names.model}
          </span>
        )}
      </div>
      {name && (
        <div>
          <span>{t('catalog')}</span>
          <span className="clip">{name}</span>
        </div>
      )}
      <div>
        <span>{t('page.products')}</span>
        <span>{format.number(live.products)}</span>
      </div>
      <div>
        <span>{t('rightFirst')}</span>
        <span>
          {result ? (
            <Share share={result.all.r1} n={result.all.n} ci={result.all.ci95.r1} bold={false} />
          ) : (
            t('notMeasured')
          )}
        </span>
      </div>
      {evaluation && result && (
        <>
          <Link
            className="exam clip"
            href={`/${encodeURIComponent(slug)}/evaluations/${evaluation.id}`}
            title={names.testSet ?? undefined}
          >
            {t('measuredOn', { count: result.all.n, testSet: names.testSet ?? '' })}
          </Link>
          <div>
            <span>{t('fasterThan')}</span>
            <span>{`${Math.round(result.ms.p99)}${THIN}ms`}</span>
          </div>
        </>
      )}
    </div>
  );
}
