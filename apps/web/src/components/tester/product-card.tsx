'use client';
import { ScanSearch } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { FoundProduct } from '../../server/view/search-view.ts';
import { useSeat } from '../shell.tsx';

/** One answer: the picture that matched, its name, price and place. */
export function ProductCard({ product, onWhy }: { product: FoundProduct; onWhy(): void }) {
  const t = useTranslations('tester');
  const format = useFormatter();
  const { slug } = useSeat();
  const similar = `/${encodeURIComponent(slug)}/search?product=${encodeURIComponent(product.productId)}`;
  const find = t('findSimilar', { title: product.title || product.productId });
  return (
    <li className="card">
      <div className="print">
        {product.url && <img src={product.url} alt="" loading="lazy" />}
        <Link className="find" href={similar} aria-label={find} title={find}>
          <ScanSearch size={14} />
        </Link>
      </div>
      <button type="button" className="nm" onClick={onWhy}>
        {product.title}
      </button>
      <span className="cr">
        <span className="t2">{product.category}</span>
        {product.price !== null && <b>{format.number(product.price, { minimumFractionDigits: 2 })}</b>}
      </span>
    </li>
  );
}
