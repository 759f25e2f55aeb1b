import type { useFormatter, useTranslations } from 'next-intl';
import type { Check } from '../../components/check-row.tsx';

type Words = ReturnType<typeof useTranslations<'indexes.check'>>;
type Format = Pick<ReturnType<typeof useFormatter>, 'number'>;
export type CheckedVersion = {
  products: number;
  /** Pictures that could not be read. */
  failed: number;
  /** Its share of right first answers as a text; null when nobody measured it. */
  measured: string | null;
};
type Input = {
  version: CheckedVersion;
  /** What is live now, measured by the same photos; null when nothing is live. */
  live: { number: number; measured: string | null } | null;
  /** Products of the catalog. */
  products: number;
};

/** What to look at before a version goes live where no comparison is open: what it lacks, and how good it was measured. */
export function versionChecks(t: Words, format: Format, { version, live, products }: Input): Check[] {
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
  return [goods, ...unread, measuredCheck(t, version.measured, live)];
}

function measuredCheck(t: Words, measured: string | null, live: Input['live']): Check {
  if (measured === null)
    return {
      tone: 'warn',
      title: t('measured.none'),
      note: live ? t('measured.noneNote', { live: live.number }) : t('measured.noneFirst'),
    };
  const note = live?.measured
    ? t('measured.live', { live: live.number, share: live.measured })
    : t('measured.alone');
  return { tone: 'good', title: t('measured.share', { share: measured }), note };
}
