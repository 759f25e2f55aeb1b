import type { useFormatter, useTranslations } from 'next-intl';
import type { Check } from '../../components/check-row.tsx';
import { type Measured, measuredText } from '../../components/numbers/measured-share.ts';

/** The reader's language: the words of `indexes.check` and of `number`, and how numbers are written. */
type Language = {
  t: ReturnType<typeof useTranslations<'indexes.check'>>;
  number: ReturnType<typeof useTranslations<'number'>>;
  format: Pick<ReturnType<typeof useFormatter>, 'number'>;
};
type Input = {
  version: {
    products: number;
    /** Pictures that could not be read. */
    failed: number;
    /** Right first answers; null where nobody measured it. */
    measured: Measured | null;
  };
  /** What is live now, measured by the same photos; null when nothing is live. */
  live: { number: number; measured: Measured | null } | null;
  /** Products of the catalog. */
  products: number;
};

/** What to look at before a version goes live where no comparison is open: what it lacks, and how good it was measured. */
export function versionChecks(language: Language, { version, live, products }: Input): Check[] {
  const { t, format } = language;
  const missing = products - version.products;
  const goods: Check =
    missing > 0
      ? {
          tone: 'warn',
          title: t('goods.warn', { count: missing }),
          note: t('goods.of', { now: format.number(version.products), all: format.number(products) }),
        }
      : { tone: 'good', title: t('goods.good'), note: t('goods.all', { count: version.products }) };
  const unread: Check[] =
    version.failed > 0
      ? [{ tone: 'warn', title: t('unread', { count: version.failed }), note: t('unreadNote') }]
      : [];
  return [goods, ...unread, measuredCheck(language, version.measured, live)];
}

function measuredCheck(
  { t, number, format }: Language,
  measured: Measured | null,
  live: Input['live'],
): Check {
  if (!measured)
    return {
      tone: 'warn',
      title: t('measured.none'),
      note: live ? t('measured.noneNote', { live: live.number }) : t('measured.noneFirst'),
    };
  const write = (each: Measured): string => measuredText(format, (values) => number('countOf', values), each);
  const title = t('measured.share', { share: write(measured) });
  if (!live) return { tone: 'good', title, note: t('measured.first') };
  if (!live.measured) return { tone: 'warn', title, note: t('measured.alone', { live: live.number }) };
  const note = t('measured.live', { live: live.number, share: write(live.measured) });
  return { tone: measured.share < live.measured.share ? 'warn' : 'good', title, note };
}
