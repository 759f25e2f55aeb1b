import type { EvaluationResult, EvaluationScores } from '@likeness/contracts/evaluation';
import type { ComparisonView } from '@likeness/core/evaluation/compare-evaluations';
import type { LeftOut } from '@likeness/core/evaluation/pair-answers';
import { useFormatter, useTranslations } from 'next-intl';
import {
  COUNTED_BELOW,
  differenceText,
  percentNumber,
  shareText,
  unsureAtEnds,
} from '../../components/numbers/measured-share.ts';
import { photosToSettle } from './photos-to-settle.ts';
import { written } from './side-names.ts';
import { verdictOf } from './verdict.ts';

export type Compared = {
  id: string;
  /** Its name in parts. */
  name: string[];
  result: EvaluationResult;
  comparison: ComparisonView['comparison'];
  leftOut: LeftOut;
};
type Props = { name: string[]; result: EvaluationResult; compared: Compared | null };

/** What was found in a sentence, how sure it is, and on which photos it does not stand. */
export function Finding({ name: parts, result, compared }: Props) {
  const t = useTranslations('evaluations');
  const format = useFormatter();
  const { n } = result.all;
  const name = written(parts);
  const number = useTranslations('number');
  const share = (of: EvaluationScores): string =>
    shareText(format, (values) => number('countOf', values), { share: of.r1, n: of.n });
  const few = n < COUNTED_BELOW;
  if (!compared) {
    const bound = (value: number): string =>
      few ? format.number(Math.round(value * n)) : percentNumber(format, value, n);
    const [lo, hi] = unsureAtEnds({ share: result.all.r1, n, ci: result.all.ci95.r1 });
    return (
      <>
        <h1>
          {few
            ? t('findingFew', { version: name, count: Math.round(result.all.r1 * n), n })
            : t('finding', { version: name, share: share(result.all), n })}
        </h1>
        <p className="sub">
          {t(few ? 'intervalFew' : 'interval', {
            lo: bound(lo),
            hi: bound(hi),
            n,
            products: result.gallery.products,
          })}
        </p>
      </>
    );
  }
  if (n === 0)
    return (
      <>
        <h1>{t('noneShared')}</h1>
        <LeftOutNote leftOut={compared.leftOut} />
      </>
    );
  const { delta, lo, hi } = compared.comparison.r1;
  const by = (value: number): string => differenceText(format, value, n);
  const more = photosToSettle(compared.comparison.r1, n);
  const verdict = verdictOf(compared.comparison.r1);
  return (
    <>
      <h1>
        {t(few ? 'findingTwoFew' : 'findingTwo', {
          after: name,
          afterShare: share(result.all),
          before: written(compared.name),
          beforeShare: share(compared.result.all),
        })}
      </h1>
      <p className="sub">
        <b className={lo > 0 ? 'good' : hi < 0 ? 'bad' : undefined}>
          {few ? t('pointsFew', { points: by(delta), n }) : t('points', { points: by(delta) })}
        </b>
        {t(`verdict.${verdict}`, {
          lo: by(lo),
          hi: by(hi),
          n,
          settle: more ? t('settledBy', { more }) : t('settled'),
        })}
      </p>
      <LeftOutNote leftOut={compared.leftOut} />
    </>
  );
}

/** Which photos the two cannot be compared on, and why. */
function LeftOutNote({ leftOut: { changed, once } }: { leftOut: LeftOut }) {
  const t = useTranslations('evaluations');
  if (changed + once === 0) return null;
  return (
    <p className="sub warn" data-testid="left-out">
      {changed > 0 && <span>△ {t('leftOutChanged', { count: changed })} </span>}
      {once > 0 && <span>△ {t('leftOutOnce', { count: once })}</span>}
    </p>
  );
}
