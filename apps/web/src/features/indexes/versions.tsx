import type { IndexVersionView } from '@likeness/core/index-version/index-view';
import { useFormatter, useTranslations } from 'next-intl';
import { Share } from '../../components/share.tsx';
import { type Publishable, PublishVersion } from './publish-version.tsx';

export type VersionRow = Publishable & {
  state: IndexVersionView['state'];
  images: number;
  seconds: number | null;
  model: string;
  detector: string;
  /** What it was of late, where it is ready and not live. */
  last: 'was' | 'back' | 'kept';
};
type Props = {
  rows: VersionRow[];
  catalog: string;
  live: VersionRow | null;
  /** The version that the head of the page offers to publish; its row does not offer it once more. */
  offered: VersionRow | null;
  /** Of the catalog. */
  products: number;
  /** What the column "Right first" was measured with. */
  exam: { name: string; crop: string } | null;
};

export function Versions({ rows, catalog, live, offered, products, exam }: Props) {
  const t = useTranslations('indexes');
  const crop = useTranslations('evaluations.crop');
  const format = useFormatter();
  const newest = offered ? null : rows.find((row) => row.state === 'ready' && row.id !== live?.id);
  return (
    <section className="sec scroll">
      <h2 className="head">
        {t('versions')}
        {exam && (
          <span className="end">{t('exam', { name: exam.name, crop: crop(exam.crop as 'auto') })}</span>
        )}
      </h2>
      <table className="narrow">
        <thead>
          <tr>
            <th>{t('version')}</th>
            <th>{t('model')}</th>
            <th className="hide-s">{t('detector')}</th>
            <th className="r">{t('products')}</th>
            <th className="r hide-s">{t('pictures')}</th>
            <th className="r">{t('rightFirst')}</th>
            <th>{t('state')}</th>
            <td className="nohead" />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-testid={`version-${row.number}`}>
              <td className="c-name">
                <b>v{row.number}</b>
              </td>
              <td className="t2 c-sub">{row.model}</td>
              <td className="t2 hide-s">{row.detector || t('whole')}</td>
              <td className="r c-num2" data-label={t('products')}>
                {format.number(row.products)}
              </td>
              <td className="r hide-s">
                {format.number(row.images)}
                {row.failed > 0 && <span className="warn"> △ {t('failed', { count: row.failed })}</span>}
              </td>
              <td className="r c-num">
                {row.measured ? (
                  <Share share={row.measured.r1} n={row.measured.n} ci={row.measured.ci} />
                ) : (
                  <span className="t3">{t(exam ? 'notMeasured' : 'neverMeasured')}</span>
                )}
              </td>
              <td className="c-left">
                <State row={row} liveId={live?.id ?? null} />
              </td>
              <td className="r c-right">
                {row.state === 'ready' && row.id !== live?.id && row.id !== offered?.id && (
                  <PublishVersion
                    catalog={catalog}
                    version={row}
                    live={live}
                    products={products}
                    keyed={row === newest}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function State({ row, liveId }: { row: VersionRow; liveId: string | null }) {
  const t = useTranslations('indexes.tag');
  if (row.id === liveId) return <span className="tag solid">{t('live')}</span>;
  if (row.state === 'building') return <span className="tag acc">{t('building')}</span>;
  if (row.state === 'failed') return <span className="tag bad">✕ {t('failed')}</span>;
  if (row.last === 'back') return <span className="tag bad">↩ {t('back')}</span>;
  return <span className="tag">{t(row.last === 'was' ? 'was' : 'ready')}</span>;
}
