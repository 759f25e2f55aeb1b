import type { Box } from '@likeness/contracts/box';
import { useFormatter, useTranslations } from 'next-intl';
import type { FoundObject } from '../../server/view/search-view.ts';
import { sameBox } from './box-geometry.ts';
import { Crop } from './crop.tsx';
import { useObjectName } from './object-name.ts';

export type Weights = { centre: number; score: number; area: number };
type Props = {
  objects: FoundObject[];
  box: Box | null;
  weights: Weights;
  photo: { url: string; width: number; height: number };
  onChoose(box: Box): void;
};

/** The same place for a product of the catalog: its box was chosen before, nothing was looked for in its picture. */
export function WhyStored() {
  const t = useTranslations('tester');
  return (
    <section className="why" aria-label={t('whyBox')}>
      <b>{t('whyBox')}</b> <span className="t2">{t('whyStored')}</span>
    </section>
  );
}

/** Each object with the parts of its choice: w1·centre + w2·score + w3·area. */
export function WhyBox({ objects, box, weights, photo, onChoose }: Props) {
  const t = useTranslations('tester');
  const format = useFormatter();
  const nameOf = useObjectName();
  const number = (value: number): string =>
    format.number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const ranked = objects.toSorted((a, b) => b.reason.total - a.reason.total);
  const [best, runner] = ranked;
  const manual = !objects.some((each) => sameBox(each.box, box));
  return (
    <section className="why" aria-label={t('whyBox')}>
      <div className="whyh">
        <span>
          <b>{manual && box ? t('youChose') : t('whyBox')}</b>{' '}
          {!manual && best && runner && (
            <span className="t2">
              {t('against', { best: number(best.reason.total), runner: number(runner.reason.total) })}
            </span>
          )}
        </span>
        <span className="key">
          <i />
          {t('centre')} × {weights.centre}
          <i />
          {t('sureness')} × {weights.score}
          <i />
          {t('area')} × {weights.area}
        </span>
      </div>
      <ul className="objs">
        {ranked.map((each) => (
          <li key={each.id}>
            <button
              type="button"
              className={sameBox(each.box, box) ? 'obj chosen' : 'obj'}
              aria-pressed={sameBox(each.box, box)}
              onClick={() => onChoose(each.box)}
            >
              <span className="print">
                <Crop url={photo.url} box={each.box} image={photo} />
              </span>
              <span className="ob">
                <span className="on">
                  <b>{nameOf(each.label)}</b>
                  <em>{number(each.reason.total)}</em>
                </span>
                <span className="stack">
                  <i style={{ width: `${weights.centre * each.reason.centre * 100}%` }} />
                  <i style={{ width: `${weights.score * each.reason.score * 100}%` }} />
                  <i style={{ width: `${weights.area * each.reason.area * 100}%` }} />
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
