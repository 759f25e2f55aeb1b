import type { EvaluationScores } from '@likeness/contracts/evaluation';
import { useFormatter, useTranslations } from 'next-intl';

export type Paired = { delta: number; lo: number; hi: number };
export type PairedScores = { r1: Paired; r5: Paired; r10: Paired; mrr: Paired };
type Props = {
  names: string[];
  scores: EvaluationScores[];
  /** Differences of the second from the first, from the same photos. */
  paired: PairedScores | null;
};
type Row = {
  key: 'r1' | 'r5' | 'r10' | 'r20' | 'r50' | 'mrr';
  term: string;
  of(s: EvaluationScores): number;
  difference?: Paired | undefined;
};

/** The chart as a table; a difference is drawn as a dot with its own 95 % interval about zero. */
export function ScoreTable({ names, scores, paired }: Props) {
  const t = useTranslations('evaluations');
  const format = useFormatter();
  const rows: Row[] = [
    { key: 'r1', term: 'R@1', of: (s) => s.r1, difference: paired?.r1 },
    { key: 'r5', term: 'R@5', of: (s) => s.r5, difference: paired?.r5 },
    { key: 'r10', term: 'R@10', of: (s) => s.r10, difference: paired?.r10 },
    { key: 'r20', term: 'R@20', of: (s) => s.cmc[19] ?? 0 },
    { key: 'r50', term: 'R@50', of: (s) => s.cmc[49] ?? 0 },
    { key: 'mrr', term: 'MRR', of: (s) => s.mrr, difference: paired?.mrr },
  ];
  const span = Math.max(
    0.05,
    ...rows.flatMap(({ difference: d }) => (d ? [Math.abs(d.lo), Math.abs(d.hi)] : [])),
  );
  const few = (scores[0]?.n ?? 0) < 30;
  const show = (row: Row, s: EvaluationScores): string =>
    row.key === 'mrr'
      ? s.mrr.toFixed(3)
      : few
        ? t('countOf', { count: Math.round(row.of(s) * s.n), n: s.n })
        : format.number(row.of(s) * 100, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (
    <table className="scores" data-testid="scores">
      <thead>
        <tr>
          <th>{t('inThe')}</th>
          {names.map((name) => (
            <th key={name} className="r">
              {name}
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
              <td key={names[at]} className="r">
                {at === scores.length - 1 ? <b>{show(row, each)}</b> : show(row, each)}
              </td>
            ))}
            {paired && <Difference difference={row.difference} span={span} mrr={row.key === 'mrr'} />}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Difference({
  difference,
  span,
  mrr,
}: {
  difference?: Paired | undefined;
  span: number;
  mrr: boolean;
}) {
  const t = useTranslations('evaluations');
  if (!difference) return <td colSpan={2} />;
  const { delta, lo, hi } = difference;
  const sure = lo > 0 ? 'good' : hi < 0 ? 'bad' : '';
  const at = (value: number): string => `${50 + (value / span) * 48}%`;
  const text = `${delta > 0 ? '+' : delta < 0 ? '−' : ''}${
    mrr ? Math.abs(delta).toFixed(3) : (Math.abs(delta) * 100).toFixed(1)
  }`;
  const range = t('between', { lo: (lo * 100).toFixed(1), hi: (hi * 100).toFixed(1) });
  return (
    <>
      <td>
        <span className={`interval ${sure}`} title={range} role="img" aria-label={range}>
          <i className="zero" />
          <i className="range" style={{ left: at(lo), right: `calc(100% - ${at(hi)})` }} />
          <i className="dot" style={{ left: at(delta) }} />
        </span>
      </td>
      <td className={`r ${sure}`}>{text}</td>
    </>
  );
}
