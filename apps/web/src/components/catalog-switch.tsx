'use client';
import { usePathname, useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';

export type CatalogScope = { catalogs: { id: string; name: string }[]; chosen: string };

/** The catalog that a page is about; it stands in the address, and the other pages keep to it. */
export function CatalogSwitch({ catalogs, chosen }: CatalogScope) {
  const t = useTranslations('catalogs');
  const router = useRouter();
  const pathname = usePathname();
  // The foot of the rail is about the chosen one too; it is read again when that changes.
  useEffect(() => {
    const kept = `catalog=${encodeURIComponent(chosen)}`;
    if (document.cookie.split('; ').includes(kept)) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari.
    document.cookie = `${kept}; path=/; max-age=31536000; samesite=lax`;
    if (catalogs.length > 1) router.refresh();
  }, [chosen, catalogs.length, router]);
  if (catalogs.length < 2) return <span>{catalogs[0]?.name}</span>;
  return (
    <select
      className="crumbselect"
      aria-label={t('catalog')}
      value={chosen}
      onChange={(event) => router.push(`${pathname}?catalog=${encodeURIComponent(event.target.value)}`)}
    >
      {catalogs.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
