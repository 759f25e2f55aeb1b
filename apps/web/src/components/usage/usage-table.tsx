import type { UsageDay } from '@likeness/core/usage/get-usage';
import { useFormatter, useTranslations } from 'next-intl';

type Props = { days: UsageDay[]; names: ReadonlyMap<string, string> };
type Line = Pick<UsageDay, 'meter' | 'keyId' | 'source' | 'billable' | 'free'>;

/** Sums by key, source and meter; their total is what is invoiced. */
export function UsageTable({ days, names }: Props) {
  const t = useTranslations('usage');
  const format = useFormatter();
  const lines = new Map<string, Line>();
  for (const { meter, keyId, source, billable, free } of days) {
    const mark = [keyId, source, meter].join();
    const line = lines.get(mark) ?? { meter, keyId, source, billable: 0, free: 0 };
    lines.set(mark, { ...line, billable: line.billable + billable, free: line.free + free });
  }
  const rows = [...lines.values()].sort((a, b) => b.billable - a.billable || b.free - a.free);
  const total = (pick: 'billable' | 'free'): number => rows.reduce((sum, row) => sum + row[pick], 0);
  return (
    <section className="sec">
      <div className="head">
        <h2>{t('byKey')}</h2>
        <span className="t3 meta">{t('byKeyNote')}</span>
      </div>
      <div className="scroll">
        <table className="rows narrow">
          <thead>
            <tr>
              <th>{t('key')}</th>
              <th>{t('source')}</th>
              <th>{t('meter')}</th>
              <th className="r">{t('billable')}</th>
              <th className="r">{t('free')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.keyId} ${row.source} ${row.meter}`}>
                <td className="c-name">
                  {row.keyId ? (names.get(row.keyId) ?? row.keyId) : <span className="t3">{t('noKey')}</span>}
                </td>
                <td className="c-sub">{t(`sourceName.${row.source as 'api'}`)}</td>
                <td className="c-sub2">{t(row.meter)}</td>
                <td className="r c-num" data-label={t('billable')}>
                  {format.number(row.billable)}
                </td>
                <td className="r t2 c-num2" data-label={t('free')}>
                  {format.number(row.free)}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td colSpan={3} className="c-name">
                <b>{t('sum')}</b>
              </td>
              <td className="r c-num" data-label={t('billable')}>
                <b>{format.number(total('billable'))}</b>
              </td>
              <td className="r t2 c-num2" data-label={t('free')}>
                {format.number(total('free'))}
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}
