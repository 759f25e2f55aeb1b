'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { trpcFor } from '../../client/trpc.ts';
import { useAction } from '../../client/use-action.ts';
import { Picture } from '../../components/picture.tsx';
import { useSeat } from '../../components/shell.tsx';
import type { ProductTile } from '../../server/view/product-tile.ts';
import { productsAddress } from './find-products.tsx';
import { SHOWN_MAX, TAKE } from './shown-of.ts';

type Page = { total: number; next: string | null; tiles: ProductTile[] };
type Props = { catalog: string; query: string; first: Page };

/** Pictures first; the next page comes by one button, and the address holds how many are shown. */
export function ProductGrid({ catalog, query, first }: Props) {
  const t = useTranslations('products');
  const state = useTranslations('state');
  const format = useFormatter();
  const router = useRouter();
  const { slug } = useSeat();
  const { busy, fault, run } = useAction();
  const [waits, wait] = useTransition();
  /** What came after the products that the address holds. */
  const [beyond, setBeyond] = useState<Page | null>(null);
  const tiles = [...first.tiles, ...(beyond?.tiles ?? [])];
  const next = beyond ? beyond.next : first.next;
  const base = `/${encodeURIComponent(slug)}/products`;
  const read = (after: string): Promise<void> =>
    run(
      () => trpcFor(slug).goods.products.query({ catalog, query: query || undefined, after, take: TAKE }),
      (more) => setBeyond({ ...more, tiles: [...(beyond?.tiles ?? []), ...more.tiles] }),
    );
  const more = (after: string): void => {
    const shown = first.tiles.length + TAKE;
    if (shown > SHOWN_MAX) return void read(after);
    const address = productsAddress(slug, { catalog, q: query, shown: String(shown) });
    wait(() => router.replace(address, { scroll: false }));
  };
  return (
    <>
      {tiles.length === 0 && (
        <div className="empty">
          <p>{query ? state('noMatch', { what: t('what') }) : t('none')}</p>
          {query && (
            <button
              type="button"
              className="btn"
              onClick={() => router.replace(productsAddress(slug, { catalog }))}
            >
              {state('clearFilters')}
            </button>
          )}
        </div>
      )}
      <ul className="tiles">
        {tiles.map((tile) => (
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
      {next && (
        <button type="button" className="btn more" disabled={busy || waits} onClick={() => more(next)}>
          {t('more')}
        </button>
      )}
    </>
  );
}
