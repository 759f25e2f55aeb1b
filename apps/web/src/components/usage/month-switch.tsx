import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';

type Props = { name: string; before: string | null; after: string | null };

/** One month back, one on; there is none before the workspace was made, and none after this one. */
export function MonthSwitch({ name, before, after }: Props) {
  const t = useTranslations('usage');
  return (
    <nav className="months" aria-label={t('month')}>
      {before ? (
        <Link
          className="icon"
          href={`?month=${before}`}
          aria-label={t('monthBefore')}
          title={t('monthBefore')}
        >
          <ChevronLeft />
        </Link>
      ) : (
        <span className="icon off" aria-hidden="true">
          <ChevronLeft />
        </span>
      )}
      <b>{name}</b>
      {after ? (
        <Link className="icon" href={`?month=${after}`} aria-label={t('monthAfter')} title={t('monthAfter')}>
          <ChevronRight />
        </Link>
      ) : (
        <span className="icon off" aria-hidden="true">
          <ChevronRight />
        </span>
      )}
    </nav>
  );
}
