'use client';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { FoundProduct } from '../../server/view/search-view.ts';
import { usePageLetter } from '../page-keys.ts';
import { useSeat } from '../shell.tsx';
import { sameBox } from './box-geometry.ts';
import { Crop } from './crop.tsx';
import { ProductCard } from './product-card.tsx';
import { SaveQuery } from './save-query.tsx';
import { TimingFoot } from './timing-foot.tsx';
import type { SearchState } from './use-search.ts';
import { useSlow, Waiting } from './waiting.tsx';
import { WhyMatch } from './why-match.tsx';

export type Shown = { url: string; width: number; height: number } | null;
type Props = {
  state: SearchState;
  catalog: string | null;
  photo: Shown;
  onWhole(): void;
  onAgain(): void;
};

export function Results({ state, catalog, photo, onWhole, onAgain }: Props) {
  const t = useTranslations('tester');
  const common = useTranslations('state');
  const format = useFormatter();
  const { slug } = useSeat();
  const [why, setWhy] = useState<FoundProduct | null>(null);
  const { answer, busy, fault, box } = state;
  const slow = useSlow(busy, box);
  /** Shown until the framed box has its own answer, which may never come. */
  const stale = answer !== null && (busy || (answer.box !== box && !sameBox(answer.box, box)));
  const [best, ...rest] = answer?.results ?? [];
  usePageLetter('w', best ? () => setWhy(best) : null);
  return (
    <section className={stale ? 'res stale' : 'res'} aria-label={t('title')}>
      <p className="vh" role="status">
        {slow ? common('loading') : answer && !stale ? t('announce', { count: answer.results.length }) : ''}
      </p>
      {fault && (
        <p className="notice bad" role="alert">
          ✕ {fault}{' '}
          <button type="button" className="link" onClick={onAgain}>
            {common('retry')}
          </button>
          {stale && <span className="t2">{t('ofBefore')}</span>}
        </p>
      )}
      {answer && slow && <p className="t3 waitline">{common('loading')}</p>}
      {!answer && busy && <Waiting label={slow ? common('loading') : t('finding')} />}
      {answer?.outcome === 'no_object' && (
        <div className="empty">
          <p>{t('noObject')}</p>
          <button type="button" className="btn" onClick={onWhole}>
            {t('searchWhole')}
          </button>
        </div>
      )}
      {answer?.outcome === 'found' && !best && (
        <div className="empty">
          <p>{t('noHits')}</p>
          <Link className="btn" href={`/${encodeURIComponent(slug)}/products`}>
            {t('toProducts')}
          </Link>
        </div>
      )}
      {answer && best && (
        <>
          <div className="hero">
            <div className="pair">
              {photo && answer.box && (
                <span className="print">
                  <Crop url={photo.url} box={answer.box} image={photo} label={t('yourCrop')} />
                </span>
              )}
              <span className="print">{best.url && <img src={best.url} alt={best.title} />}</span>
            </div>
            <div className="hx">
              <span className="grade">{t('best')}</span>
              <h1>{best.title}</h1>
              <p className="t2">
                {[
                  best.category,
                  best.price === null ? null : format.number(best.price, { minimumFractionDigits: 2 }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              <p className="meta t3">{t('provisional')}</p>
              <div className="acts">
                <SaveQuery answer={answer} catalog={catalog} stale={stale} />
                <button type="button" className="btn ghost sm" onClick={() => setWhy(best)}>
                  {t('why')}
                </button>
              </div>
            </div>
          </div>
          <div className="gh">
            <b>{t('similar')}</b>
            <span className="t3">{t('shown', { count: rest.length })}</span>
            <span className="idx">
              <span className={stale ? 'pulse off' : 'pulse'} />
              {t('onVersion', { number: answer.indexNumber })}
            </span>
          </div>
          <ul className="grid">
            {rest.map((each) => (
              <ProductCard key={each.productId} product={each} onWhy={() => setWhy(each)} />
            ))}
          </ul>
        </>
      )}
      {answer && <TimingFoot answer={answer} />}
      {why && answer && <WhyMatch product={why} answer={answer} photo={photo} onClose={() => setWhy(null)} />}
    </section>
  );
}
