import type { CatalogSummary } from '@likeness/core/catalog/list-catalogs';
import { cookies } from 'next/headers';
import type { CatalogScope } from '../../components/catalog-switch.tsx';
import type { LiveSummary } from './live-summary.ts';

/** The catalog that a page is about: the one in the address, else the one chosen last, else the first. */
export async function chosenCatalog(
  { catalogs, catalog }: LiveSummary,
  wanted: string | undefined,
): Promise<CatalogSummary | null> {
  const find = (mark: string | undefined): CatalogSummary | undefined =>
    catalogs.find((each) => each.id === mark) ?? catalogs.find((each) => each.name === mark);
  return find(wanted) ?? find((await cookies()).get('catalog')?.value) ?? catalog;
}

/** What the switcher in the crumb needs. */
export const scopeOf = ({ catalogs }: LiveSummary, chosen: CatalogSummary): CatalogScope => ({
  catalogs: catalogs.map(({ id, name }) => ({ id, name })),
  chosen: chosen.id,
});
