'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useSeat } from './shell.tsx';

/** Where nothing can be searched yet: the one next step. */
export function EmptyStart({ catalog }: { catalog: { products: number } | null }) {
  const t = useTranslations('start');
  const { slug } = useSeat();
  const base = `/${encodeURIComponent(slug)}`;
  const filled = catalog !== null && catalog.products > 0;
  return (
    <div className="page">
      <h1>{t(filled ? 'notLive' : 'noCatalog')}</h1>
      <div className="empty">
        <p>{filled ? t('notLiveLead', { count: catalog.products }) : t('noCatalogLead')}</p>
        <Link className="btn pri" href={filled ? `${base}/indexes` : `${base}/catalogs?import=1`}>
          {t(filled ? 'build' : 'import')}
        </Link>
      </div>
    </div>
  );
}
