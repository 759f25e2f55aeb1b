import type { EvaluationScores } from '@likeness/contracts/evaluation';
import type { ComparisonView } from '@likeness/core/evaluation/compare-evaluations';
import { useFormatter, useTranslations } from 'next-intl';
import { COUNTED_BELOW, differenceText } from '../../components/numbers/measured-share.ts';
import { Share } from '../../components/share.tsx';
import { tellingParts } from './parts.ts';

type Scores = Record<string, EvaluationScores>;
type Differences = ComparisonView['comparison']['groups'];
type Props = {
  title: string;
  parts: Scores;
  /** Photos of the whole. */
  total: number;
  /** Of the earlier evaluation, where two are compared. */
  before: Scores;
  differences: Differences;
};
const SHOWN = 15;

/** The photos of each group, or of each category, as small multiples, those with most photos first. */
export function PartScores({ title, parts, total, before, differences }: Props) {
  const t = useTranslations('evaluations');
  const sorted = tellingParts(parts, total);
  if (sorted.length === 0) return null;
  const [first, rest] = [sorted.slice(0, SHOWN), sorted.slice(SHOWN)];
  const list = (some: typeof sorted) => (
    <ul className="groups">
      {some.map(([name, scores]) => (
        <Part
          key={name}
          name={name}
          scores={scores}
          was={before[name] ?? null}
          difference={differences[name] ?? null}
        />
      ))}
    </ul>
  );
  return (
    <section className="sec" aria-label={title}>
      <h2 className="head">
        {title} <span className="end">{t('row.r1')}</span>
      </h2>
      {list(first)}
      {rest.length > 0 && (
        <details className="smaller">
          <summary>{t('smallerParts', { count: rest.length })}</summary>
          {list(rest)}
        </details>
      )}
    </section>
  );
}

type PartProps = {
  name: string;
  scores: EvaluationScores;
  was: EvaluationScores | null;
  difference: Differences[string] | null;
};

function Part({ name, scores, was, difference }: PartProps) {
  const t = useTranslations('evaluations');
  return (
    <li>
      <b title={name}>{name}</b>
      <span className="t3 meta">{t('photoCount', { count: scores.n })}</span>
      <Spark scores={scores} before={was} />
      <span>
        {was && (
          <>
            <Share share={was.r1} n={was.n} ci={was.ci95.r1} bold={false} /> →{' '}
          </>
        )}
        <Share share={scores.r1} n={scores.n} ci={scores.ci95.r1} />
        {difference && <PartDifference {...difference} />}
      </span>
    </li>
  );
}

/** Coloured only where its interval excludes zero. */
function PartDifference({ n, r1: { delta, lo, hi } }: Differences[string]) {
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
