'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { usePageKeys } from '../../components/page-keys.ts';
import { useSeat } from '../../components/shell.tsx';

/** Long enough that a word typed at once is searched once. */
const PAUSE_MS = 300;

export function productsAddress(slug: string, query: Record<string, string>): string {
  const kept = Object.entries(query).filter(([, value]) => value !== '');
  return `/${encodeURIComponent(slug)}/products?${new URLSearchParams(kept)}`;
}

/** Searches while one types; not while an input method composes. */
export function FindProducts({ catalog, query, total }: { catalog: string; query: string; total: number }) {
  const t = useTranslations('products');
  const router = useRouter();
  const { slug } = useSeat();
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** What was asked for last: an answer to it changes nothing in the field. */
  const asked = useRef(query);
  usePageKeys((event) => {
    if (event.key !== '/') return;
    event.preventDefault();
    field.current?.focus();
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  // The address changed by another way (cleared filters, Back); who is typing is left alone.
  useEffect(() => {
    if (query === asked.current || !field.current || document.activeElement === field.current) return;
    asked.current = query;
    field.current.value = query;
  }, [query]);

  const find = (): void => {
    clearTimeout(timer.current);
    const q = (field.current?.value ?? '').trim().replace(/\s+/g, ' ');
    if (q === asked.current) return;
    asked.current = q;
    router.replace(productsAddress(slug, { catalog, q }), { scroll: false });
  };
  const findSoon = (): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(find, PAUSE_MS);
  };
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        find();
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
        onChange={(event) => {
          if (!(event.nativeEvent as InputEvent).isComposing) findSoon();
        }}
        onCompositionEnd={findSoon}
      />
      <span className="t3" role="status">
        {t('matching', { count: total })}
      </span>
    </form>
  );
}
