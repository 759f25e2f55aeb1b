'use client';
import { Bookmark, Code } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { Picture } from '../../components/picture.tsx';
import { useSeat } from '../../components/shell.tsx';
import type { FoundProduct, SearchView } from '../../server/console/search-view.ts';
import { Crop } from './crop.tsx';
import type { Tester } from './use-tester.ts';

type Props = { tester: Tester; found: SearchView; aspect: number; catalog: string; onSave(): void };

/** The best match beside the crop, then the rest by rank, then where the time went. */
export function Results({ tester, found, aspect, catalog, onSave }: Props) {
  const t = useTranslations('search');
  const [best, ...rest] = found.products;
  const [photo, box] = [tester.photo, tester.box ?? found.box];
  if (found.outcome === 'no_object')
    return (
      <div className="empty" role="status">
        {t('noObject')}
      </div>
    );
  if (!best)
    return (
      <div className="empty" role="status">
        {t('noMatch')}
      </div>
    );
  return (
    <div className={tester.busy ? 'answers stale' : 'answers'} aria-busy={tester.busy}>
      <p className="vh" role="status">
        {t('count', { count: found.products.length })}
      </p>
      <div className="hero">
        <div className="pair">
          {photo && box && <Crop url={photo.url} box={box} aspect={aspect} />}
          <Picture url={best.url} alt={best.title} />
        </div>
        <div className="hx">
          <div className="grade">{t('best')}</div>
          <h2>{best.title}</h2>
          <Facts product={best} />
          <p className="sure">
            {t('score')} <b>{best.score.toFixed(3)}</b> · <span className="mono">{best.productId}</span>
          </p>
          <div className="acts">
            <button type="button" className="btn" onClick={onSave} disabled={!found.image.id}>
              <Bookmark />
              {t('save.button')}
            </button>
            <ProductLink product={best} catalog={catalog} className="btn ghost">
              {t('openProduct')}
            </ProductLink>
          </div>
        </div>
      </div>
      <div className="gh">
        <b>{t('similar')}</b>
        <span className="t3">{t('shown', { count: rest.length })}</span>
      </div>
      <ol className="grid">
        {rest.map((product) => (
          <li key={product.productId} className="card">
            <ProductLink product={product} catalog={catalog}>
              <Picture url={product.url} alt="" />
              <span className="nm">{product.title}</span>
              <Facts product={product} />
            </ProductLink>
          </li>
        ))}
      </ol>
      <Timings found={found} />
    </div>
  );
}

type LinkProps = { product: FoundProduct; catalog: string; className?: string; children: React.ReactNode };
function ProductLink({ product, catalog, className, children }: LinkProps) {
  const { slug } = useSeat();
  const query = new URLSearchParams({ catalog });
  return (
    <Link
      className={className}
      href={`/${encodeURIComponent(slug)}/products/${encodeURIComponent(product.productId)}?${query}`}
    >
      {children}
    </Link>
  );
}

function Facts({ product }: { product: FoundProduct }) {
  const format = useFormatter();
  const words = product.facts.length ? product.facts : product.category ? [product.category] : [];
  return (
    <span className="mt">
      <span>{words.join(' · ')}</span>
      {product.price !== null && <b>{format.number(product.price, { minimumFractionDigits: 2 })}</b>}
    </span>
  );
}

function Timings({ found }: { found: SearchView }) {
  const t = useTranslations('search');
  const { decode, detect, embed, engine, total } = found.timings;
  const rest = Math.max(0, total - decode - detect - embed - engine);
  const stages = [
    { name: 'decode', ms: decode },
    { name: 'detect', ms: detect },
    { name: 'embed', ms: embed },
    { name: 'engine', ms: engine },
    { name: 'rest', ms: rest },
  ] as const;
  return (
    <div className="foot">
      <div className="ms">
        {stages.map(({ name, ms }) => (
          <i key={name} className={name} style={{ flexGrow: Math.max(0.5, ms) }} />
        ))}
      </div>
      <div className="msl">
        <span>
          <b>{t('ms', { ms: Math.round(total) })}</b>
          {stages.map(({ name, ms }) => (
            <span key={name}> · {t(`stage.${name}`, { ms: Math.round(ms) })}</span>
          ))}
        </span>
        <span>
          {t('free')} · <Code size={12} className="inline" />{' '}
          <span className="mono" data-testid="request-id">
            {found.requestId}
          </span>
        </span>
      </div>
    </div>
  );
}
