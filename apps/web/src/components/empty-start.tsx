'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useSeat } from './shell.tsx';

type Props = {
  catalog: { products: number } | null;
  /** Number of the version that is built and only has to be published. */
  ready?: number | undefined;
};

/** Where nothing can be searched yet: the one next step. */
export function EmptyStart({ catalog, ready }: Props) {
  const t = useTranslations('start');
  const { slug } = useSeat();
  const base = `/${encodeURIComponent(slug)}`;
  const filled = catalog !== null && (catalog.products > 0 || ready !== undefined);
  return (
    <div className="page">
      <h1>{ready ? t('built', { number: ready }) : t(filled ? 'notLive' : 'noCatalog')}</h1>
      <div className="empty">
        <p>
          {filled
            ? t(ready ? 'builtLead' : 'notLiveLead', { count: catalog.products, number: ready ?? 0 })
            : t('noCatalogLead')}
        </p>
        <Link className="btn pri" href={filled ? `${base}/indexes` : `${base}/catalogs?import=1`}>
          {ready ? t('publish', { number: ready }) : t(filled ? 'build' : 'import')}
        </Link>
      </div>
    </div>
  );
}
