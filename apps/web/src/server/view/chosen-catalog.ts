import type { CatalogSummary } from '@likeness/core/catalog/list-catalogs';
import { notFound } from 'next/navigation';
import type { CatalogScope } from '../../components/catalog-switch.tsx';
import { findCatalog, type LiveSummary } from './live-summary.ts';

/** The catalog that a page is about: the one in the address (a page that says so where there is none), else the one chosen last. */
export async function chosenCatalog(
  { catalogs, catalog }: Pick<LiveSummary, 'catalogs' | 'catalog'>,
  wanted: string | undefined,
): Promise<CatalogSummary | null> {
  if (wanted === undefined || catalogs.length === 0) return catalog;
  return findCatalog(catalogs, wanted) ?? notFound();
}

/** What the switcher in the crumb needs. */
export const scopeOf = (
  { catalogs }: Pick<LiveSummary, 'catalogs'>,
  chosen: CatalogSummary,
): CatalogScope => ({
  catalogs: catalogs.map(({ id, name }) => ({ id, name })),
  chosen: chosen.id,
});
