import type { EvaluationScores } from '@likeness/contracts/evaluation';
import { useFormatter, useTranslations } from 'next-intl';
import { COUNTED_BELOW, differenceText } from '../../components/numbers/measured-share.ts';
import { Share } from '../../components/share.tsx';
import { written } from './side-names.ts';

export type Paired = { delta: number; lo: number; hi: number };
export type PairedScores = {
  r1: Paired;
  r5: Paired;
  r10: Paired;
  r20: Paired;
  r50: Paired;
  mrr: Paired;
};
type Props = {
  /** What each side is called, in parts. */
  names: string[][];
  scores: EvaluationScores[];
  /** Differences of the second from the first, from the same photos. */
  paired: PairedScores | null;
};
type Row = {
  key: 'r1' | 'r5' | 'r10' | 'r20' | 'r50' | 'mrr';
  term: string;
  /** Its place in the curve; the mean place has none. */
  rank: number | null;
  difference?: Paired | undefined;
};

/** The chart as a table; a difference is drawn as a dot with its own 95 % interval about zero. */
export function ScoreTable({ names, scores, paired }: Props) {
  const t = useTranslations('evaluations');
  const rows: Row[] = [
    { key: 'r1', term: 'R@1', rank: 1, difference: paired?.r1 },
    { key: 'r5', term: 'R@5', rank: 5, difference: paired?.r5 },
    { key: 'r10', term: 'R@10', rank: 10, difference: paired?.r10 },
    { key: 'r20', term: 'R@20', rank: 20, difference: paired?.r20 },
    { key: 'r50', term: 'R@50', rank: 50, difference: paired?.r50 },
    { key: 'mrr', term: 'MRR', rank: null, difference: paired?.mrr },
  ];
  const span = Math.max(
    0.05,
    ...rows.flatMap(({ difference: d }) => (d ? [Math.abs(d.lo), Math.abs(d.hi)] : [])),
  );
  return (
    <table className="scores" data-testid="scores">
      <thead>
        <tr>
          <th>{t('inThe')}</th>
          {names.map((parts) => (
            <th key={written(parts)} className="r side">
              {parts.map((part) => (
                <span key={part}>{part} </span>
              ))}
            </th>
          ))}
          {paired && <th colSpan={2}>{t('difference')}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} data-testid={`score-${row.key}`}>
            <td>
              {t(`row.${row.key}`)} <span className="t3 meta">{row.term}</span>
            </td>
            {scores.map((each, at) => (
              <td key={written(names[at] ?? [])} className="r">
                <Score scores={each} rank={row.rank} bold={at === scores.length - 1} />
              </td>
            ))}
            {paired && (
              <Difference
                difference={row.difference}
                span={span}
                mrr={row.key === 'mrr'}
                n={scores[0]?.n ?? 0}
              />
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A place of the curve with half its band; the mean place is no share and has no band. */
function Score({ scores, rank, bold }: { scores: EvaluationScores; rank: number | null; bold: boolean }) {
  const format = useFormatter();
  const { cmc, band, n } = scores;
  if (rank === null) {
    const text = format.number(scores.mrr, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
    return bold ? <b>{text}</b> : text;
  }
  const [share = 0, lo = 0, hi = 0] = [cmc[rank - 1], band.lo[rank - 1], band.hi[rank - 1]];
  return <Share share={share} n={n} ci={[lo, hi]} bold={bold} />;
}

type DifferenceProps = { difference?: Paired | undefined; span: number; mrr: boolean; n: number };
function Difference({ difference, span, mrr, n }: DifferenceProps) {
  const t = useTranslations('evaluations');
  const format = useFormatter();
  if (!difference) return <td colSpan={2} />;
  const { delta, lo, hi } = difference;
  const sure = lo > 0 ? 'good' : hi < 0 ? 'bad' : '';
  const at = (value: number): string => `${50 + (value / span) * 48}%`;
  const few = n < COUNTED_BELOW;
  const plain = (value: number): string =>
    format.number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const by = (value: number): string =>
    mrr
      ? `${value > 0 ? '+' : value < 0 ? '−' : ''}${plain(Math.abs(value))}`
      : differenceText(format, value, n);
  const range = t(mrr ? 'betweenPlain' : few ? 'betweenFew' : 'between', { lo: by(lo), hi: by(hi) });
  return (
    <>
      <td className="drawn">
        <span className={`interval ${sure}`} title={range} role="img" aria-label={range}>
          <i className="zero" />
          <i className="range" style={{ left: at(lo), right: `calc(100% - ${at(hi)})` }} />
          <i className="dot" style={{ left: at(delta) }} />
        </span>
      </td>
      <td className={`r ${sure}`}>
        {by(delta)}
        {/* Stands in for the drawing where there is no room for it. */}
        <span className="half t3 meta">{`${by(lo)} … ${by(hi)}`}</span>
      </td>
    </>
  );
}
