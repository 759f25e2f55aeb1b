'use client';
import type { Box } from '@likeness/contracts/box';
import type { TenantSettings } from '@likeness/contracts/tenant-settings';
import type { SearchObject } from '@likeness/core/search/search-types';
import { useTranslations } from 'next-intl';
import { Crop } from './crop.tsx';

type Weights = TenantSettings['boxWeights'];
type Props = {
  url: string;
  aspect: number;
  objects: SearchObject[];
  weights: Weights;
  chosen: Box | null;
  manual: boolean;
  onPick(box: Box): void;
};

/** Each object with the three parts of its choice and their sum; the parts drawn to one scale. */
export function WhyBox({ url, aspect, objects, weights, chosen, manual, onPick }: Props) {
  const t = useTranslations('search');
  const rated = objects.toSorted((a, b) => b.reason.total - a.reason.total).slice(0, 8);
  const [first, second] = rated;
  if (!first) return null;
  const isChosen = (each: SearchObject): boolean =>
    chosen?.every((value, i) => Math.abs(value - (each.box[i] ?? 0)) < 0.002) ?? false;
  return (
    <section className="why" aria-label={t('why.title')}>
      <div className="whyh">
        <span>
          <b>{t(manual ? 'why.yours' : 'why.title')}</b>{' '}
          {!manual && second
            ? t('why.against', { best: first.reason.total.toFixed(2), next: second.reason.total.toFixed(2) })
            : null}
        </span>
        <span className="key">
          <i className="p1" />
          {t('why.centre', { weight: weights.centre })}
          <i className="p2" />
          {t('why.score', { weight: weights.score })}
          <i className="p3" />
          {t('why.area', { weight: weights.area })}
        </span>
      </div>
      <ul className="objs">
        {rated.map((each, at) => (
          <li key={each.id}>
            <button
              type="button"
              className={isChosen(each) ? 'obj chosen' : 'obj'}
              aria-pressed={isChosen(each)}
              onClick={() => onPick(each.box)}
            >
              <Crop url={url} box={each.box} aspect={aspect} />
              <span className="ob">
                <span className="on">
                  <b>
                    {each.label && each.label !== 'object' ? each.label : t('object', { number: at + 1 })}
                  </b>
                  <em>{each.reason.total.toFixed(2)}</em>
                </span>
                <Parts object={each} weights={weights} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Parts({ object, weights }: { object: SearchObject; weights: Weights }) {
  const { centre, score, area } = object.reason;
  const width = (value: number): string => `${Math.max(0, Math.min(1, value)) * 100}%`;
  return (
    <span className="stack">
      <i className="p1" style={{ width: width(centre * weights.centre) }} />
      <i className="p2" style={{ width: width(score * weights.score) }} />
      <i className="p3" style={{ width: width(area * weights.area) }} />
    </span>
  );
}
