import type { UsageDay } from '@likeness/core/usage/get-usage';
import { useFormatter, useTranslations } from 'next-intl';
import { niceCeiling } from './nice-ceiling.ts';

type Props = { days: UsageDay[]; from: string; to: string };
const DAY_MS = 24 * 3600 * 1000;
const HEIGHT = 200;

/** A bar for each day of the month: billable in ink, free lighter on top. */
export function UsageBars({ days, from, to }: Props) {
  const t = useTranslations('usage');
  const format = useFormatter();
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
  const bars = Array.from({ length: count }, (_, i) => {
    const day = new Date(Date.parse(from) + i * DAY_MS).toISOString().slice(0, 10);
    const of = days.filter((each) => each.day === day);
    const sum = (pick: 'billable' | 'free'): number => of.reduce((total, each) => total + each[pick], 0);
    return { day, billable: sum('billable'), free: sum('free') };
  });
  const most = niceCeiling(Math.max(...bars.map((bar) => bar.billable + bar.free), 4));
  const y = (value: number): number => HEIGHT - (value / most) * (HEIGHT - 16);
  const step = 1000 / count;
  return (
    <figure className="sec">
      <div className="head">
        <h2>{t('perDay')}</h2>
        <span className="end legend">
          <i className="k1" />
          {t('billable')}
          <i className="k2" />
          {t('free')}
        </span>
      </div>
      <div className="bars">
        <div className="yaxis" aria-hidden="true">
          {[1, 0.5, 0].map((share) => (
            <span key={share} style={{ top: y(most * share) }}>
              {format.number(most * share)}
            </span>
          ))}
        </div>
        <svg viewBox={`0 0 1000 ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={t('perDay')}>
          {[1, 0.5, 0].map((share) => (
            <line key={share} x1="0" x2="1000" y1={y(most * share)} y2={y(most * share)} className="gl" />
          ))}
          {bars.map((bar, i) => (
            <g key={bar.day}>
              <title>{t('day', bar)}</title>
              <rect x={i * step} width={step} y="0" height={HEIGHT} fill="transparent" />
              <rect
                x={i * step + step * 0.15}
                width={step * 0.7}
                y={y(bar.billable)}
                height={HEIGHT - y(bar.billable)}
                fill="var(--ink)"
              />
              <rect
                x={i * step + step * 0.15}
                width={step * 0.7}
                y={y(bar.billable + bar.free)}
                height={y(bar.billable) - y(bar.billable + bar.free)}
                fill="var(--part-1)"
              />
            </g>
          ))}
        </svg>
        <div className="xaxis" aria-hidden="true">
          {bars
            .filter((_, i) => i % 7 === 0)
            .map((bar) => (
              <span key={bar.day} style={{ left: `${((Number(bar.day.slice(8)) - 0.5) / count) * 100}%` }}>
                {format.dateTime(new Date(bar.day), { day: 'numeric', month: 'short', timeZone: 'UTC' })}
              </span>
            ))}
        </div>
      </div>
    </figure>
  );
}
