'use client';
import { useTranslations } from 'next-intl';
import { PageBar } from '../../components/page-bar.tsx';

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset(): void }) {
  const t = useTranslations('state');
  return (
    <>
      <PageBar crumbs={[]} />
      <div className="page">
        <div className="empty" role="alert">
          <h1>{t('failed', { what: t('page') })}</h1>
          <button type="button" className="btn pri" onClick={reset}>
            {t('retry')}
          </button>
          {error.digest && <span className="mono t3">{error.digest}</span>}
        </div>
      </div>
    </>
  );
}
