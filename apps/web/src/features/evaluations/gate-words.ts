import type { useFormatter, useTranslations } from 'next-intl';
import type { Check } from '../../components/check-row.tsx';
import { COUNTED_BELOW, differenceText } from '../../components/numbers/measured-share.ts';
import type { GateCheck } from './gate-checks.ts';

type Words = ReturnType<typeof useTranslations<'evaluations.check'>>;
type Format = Pick<ReturnType<typeof useFormatter>, 'number'>;

/** A check in the reader's words; `t`: those of `evaluations.check`. */
export function gateWords(t: Words, format: Format, check: GateCheck): Check {
  const { tone } = check;
  switch (check.kind) {
    case 'gain':
      return { tone, title: t(`gain.${tone}`), note: range(t, format, check) };
    case 'same':
      return { tone, title: t('same'), note: t('sameNote', { count: check.n }) };
    case 'group':
      return {
        tone,
        title: t(tone === 'bad' ? 'group.bad' : 'group.warn', { name: check.name }),
        note: t('inGroup', { range: range(t, format, check), count: check.n }),
      };
    case 'groups': {
      const { groups, categories } = check;
      const of = categories === 0 ? 'groups' : groups === 0 ? 'categories' : 'both';
      return { tone, title: t('group.good', { of }), note: t('groups', { of, groups, categories }) };
    }
    case 'speed':
    case 'faster': {
      const [now, was] = [Math.round(check.now), Math.round(check.was)];
      const title = t(
        check.kind === 'faster' ? 'speed.faster' : tone === 'good' ? 'speed.good' : 'speed.warn',
      );
      return { tone, title, note: t('ms', { now, was }) };
    }
    case 'goods':
      return {
        tone,
        title: t(tone === 'good' ? 'goods.good' : 'goods.warn'),
        note: t('products', { now: check.now, was: check.was }),
      };
  }
}

function range(
  t: Words,
  format: Format,
  { difference: { lo, hi }, n }: Extract<GateCheck, { n: number }>,
): string {
  const by = (value: number): string => differenceText(format, value, n);
  return t(n < COUNTED_BELOW ? 'betweenFew' : 'between', { lo: by(lo), hi: by(hi) });
}
