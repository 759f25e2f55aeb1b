'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { usePageKeys } from '../../components/page-keys.ts';
import { Picture } from '../../components/picture.tsx';
import { useSeat } from '../../components/shell.tsx';
import type { ProductTile } from '../../server/view/product-tile.ts';

type Page = { total: number; next: string | null; tiles: ProductTile[] };
type Props = { catalog: string; query: string; first: Page };

/** Pictures first; a word narrows them; the next page comes by one button. */
export function ProductGrid({ catalog, query, first }: Props) {
  const t = useTranslations('products');
  const state = useTranslations('state');
  const format = useFormatter();
  const router = useRouter();
  const { slug } = useSeat();
  const { busy, fault, run } = useAction();
  const [page, setPage] = useState(first);
  const field = useRef<HTMLInputElement>(null);
  const base = `/${encodeURIComponent(slug)}/products`;
  const find = (q: string): void =>
    router.push(`${base}?${new URLSearchParams({ catalog, ...(q ? { q } : {}) })}`);
  usePageKeys((event) => {
    if (event.key !== '/') return;
    event.preventDefault();
    field.current?.focus();
  });
  return (
    <>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          find(field.current?.value.trim() ?? '');
        }}
      >
        <input
          ref={field}
          className="input"
          type="search"
          name="q"
          defaultValue={query}
          placeholder={t('find')}
          aria-label={t('find')}
        />
        <span className="t3">{t('matching', { count: page.total })}</span>
      </form>
      {page.tiles.length === 0 && (
        <div className="empty">
          <p>{query ? state('noMatch', { what: t('what') }) : t('none')}</p>
          {query && (
            <button type="button" className="btn" onClick={() => find('')}>
              {state('clearFilters')}
            </button>
          )}
        </div>
      )}
      <ul className="tiles">
        {page.tiles.map((tile) => (
          <li key={tile.productId}>
            <Link href={`${base}/${encodeURIComponent(tile.productId)}?${new URLSearchParams({ catalog })}`}>
              <Picture url={tile.url} alt="" color={tile.color} />
              <span className="nm">{tile.title || tile.productId}</span>
              <span className="mt">
                <span>{tile.category}</span>
                {tile.price !== null && <b>{format.number(tile.price, { minimumFractionDigits: 2 })}</b>}
              </span>
              {tile.pictures === 1 ? null : (
                <span className={tile.pictures === 0 ? 'meta warn' : 'meta t3'}>
                  {tile.pictures === 0 ? '△ ' : ''}
                  {t('pictures', { count: tile.pictures })}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
      {fault && <p className="notice bad">{fault}</p>}
      {page.next && (
        <button
          type="button"
          className="btn more"
          disabled={busy}
          onClick={() =>
            void run(
              () =>
                trpcFor(slug).goods.products.query({
                  catalog,
                  query: query || undefined,
                  after: page.next ?? undefined,
                  take: 60,
                }),
              (more) => setPage({ ...more, tiles: [...page.tiles, ...more.tiles] }),
            )
          }
        >
          {t('more')}
        </button>
      )}
    </>
  );
}
