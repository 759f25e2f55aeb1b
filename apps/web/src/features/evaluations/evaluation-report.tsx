import './evaluations.css';
import type { EvaluationResult, EvaluationScores } from '@likeness/contracts/evaluation';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { CheckRow } from '../../components/check-row.tsx';
import { COUNTED_BELOW, differenceText } from '../../components/numbers/measured-share.ts';
import { Share } from '../../components/share.tsx';
import type { GalleryTab } from '../../server/view/evaluation-gallery.ts';
import { CmcChart } from './cmc-chart.tsx';
import { type Compared, Finding } from './finding.tsx';
import { Gallery } from './gallery.tsx';
import { gateChecks } from './gate-checks.ts';
import { gateWords } from './gate-words.ts';
import { ScoreTable } from './score-table.tsx';
import { written } from './side-names.ts';

type Props = {
  id: string;
  name: string[];
  result: EvaluationResult;
  compared: Compared | null;
  gallery: GalleryTab[];
  others: { href: string; label: string }[];
  alone: string;
};

export function EvaluationReport({ id, name, result, compared, gallery, others, alone }: Props) {
  const t = useTranslations('evaluations');
  const sides = [...(compared ? [compared] : []), { name, result }];
  const isEmpty = compared !== null && result.all.n === 0;
  const curves = sides.map((each, at) => ({
    name: each.name,
    scores: each.result.all,
    tone: compared && at === 1 ? ('after' as const) : ('before' as const),
  }));
  return (
    <div className="page">
      <Finding name={name} result={result} compared={compared} />
      {compared && !isEmpty && <Gate result={result} compared={compared} />}
      {others.length > 0 && (
        <p className="row compare">
          <span className="t3">{t('compareWith')}</span>
          {compared && (
            <Link className="chipx" href={alone}>
              {t('alone')}
            </Link>
          )}
          {others.slice(0, 6).map((each) => (
            <Link key={each.href} className="chipx" href={each.href}>
              {each.label}
            </Link>
          ))}
        </p>
      )}
      {!isEmpty && (
        <div className="evidence">
          <section>
            <h2 className="head">
              {t('within')} <span className="end">{t('bandNote')}</span>
            </h2>
            <CmcChart curves={curves} />
          </section>
          <section className="scroll">
            <ScoreTable
              names={sides.map((each) => each.name)}
              scores={sides.map((each) => each.result.all)}
              paired={compared?.comparison ?? null}
            />
            <Facts result={result} />
          </section>
        </div>
      )}
      <Groups groups={result.groups} compared={compared} />
      <section className="sec">
        <h2 className="head">{t('photos')}</h2>
        <Gallery
          key={compared?.id}
          tabs={gallery}
          evaluation={id}
          before={compared?.id}
          names={sides.map((each) => written(each.name))}
        />
      </section>
    </div>
  );
}

function Gate({ result, compared }: { result: EvaluationResult; compared: Compared }) {
  const t = useTranslations('evaluations.check');
  const format = useFormatter();
  const checks = gateChecks({ before: compared.result, after: result, comparison: compared.comparison });
  return <CheckRow checks={checks.map((each) => gateWords(t, format, each))} label={t('label')} />;
}

function Facts({ result }: { result: EvaluationResult }) {
  const t = useTranslations('evaluations');
  const format = useFormatter();
  return (
    <p className="meta t3 facts-line">
      {t(result.ms.p50 > 0 ? 'facts' : 'factsUntimed', {
        model: result.model.id,
        p50: Math.round(result.ms.p50),
        p99: Math.round(result.ms.p99),
        removed: format.number(result.self_removed),
      })}
      {result.failed.length > 0 && (
        <span className="warn"> △ {t('unread', { count: result.failed.length })}</span>
      )}
      {(result.unknown_products ?? 0) > 0 && (
        <span className="warn"> △ {t('unknown', { count: result.unknown_products ?? 0 })}</span>
      )}
    </p>
  );
}

type Groups = Record<string, EvaluationScores>;
function Groups({ groups, compared }: { groups: Groups; compared: Compared | null }) {
  const t = useTranslations('evaluations');
  const sorted = Object.entries(groups).toSorted(([, a], [, b]) => b.n - a.n);
  if (sorted.length < 2) return null;
  return (
    <section className="sec">
      <h2 className="head">
        {t('byGroup')} <span className="end">{t('row.r1')}</span>
      </h2>
      <ul className="groups">
        {sorted.slice(0, 15).map(([name, scores]) => {
          const was = compared?.result.groups[name];
          const difference = compared?.comparison.groups[name];
          return (
            <li key={name}>
              <b>{name}</b>
              <span className="t3 meta">{t('photoCount', { count: scores.n })}</span>
              <Spark scores={scores} before={was ?? null} />
              <span>
                {was && (
                  <>
                    <Share share={was.r1} n={was.n} ci={was.ci95.r1} bold={false} /> →{' '}
                  </>
                )}
                <Share share={scores.r1} n={scores.n} ci={scores.ci95.r1} />
                {difference && <GroupDifference {...difference} />}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Coloured only where its interval excludes zero. */
function GroupDifference({ n, r1: { delta, lo, hi } }: Compared['comparison']['groups'][string]) {
  const t = useTranslations('evaluations');
  const format = useFormatter();
  const by = (value: number): string => differenceText(format, value, n);
  const range = t(n < COUNTED_BELOW ? 'betweenFew' : 'between', { lo: by(lo), hi: by(hi) });
  return (
    <span className={`end ${lo > 0 ? 'good' : hi < 0 ? 'bad' : 't3'}`} title={range}>
      {by(delta)}
    </span>
  );
}

/** Small CMC on one common scale of 0 to 100. */
function Spark({ scores, before }: { scores: EvaluationScores; before: EvaluationScores | null }) {
  const path = (s: EvaluationScores): string =>
    s.cmc
      .map((share, i) => {
        const x = (Math.log(i + 1) / Math.log(50)) * 200;
        return `${i ? 'L' : 'M'}${x.toFixed(1)} ${(62 - share * 60).toFixed(1)}`;
      })
      .join('');
  return (
    <svg className="spark" viewBox="0 0 200 64" preserveAspectRatio="none" aria-hidden="true">
      <line className="bl" x1="0" x2="200" y1="63" y2="63" />
      {before && <path className="curve" d={path(before)} />}
      <path className={before ? 'curve after' : 'curve'} d={path(scores)} />
    </svg>
  );
}
