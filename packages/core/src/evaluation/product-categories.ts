import type { Tx } from '@likeness/db/database';

type Named = { productIds: readonly string[] };

/**
 * What is needed to put photos into the categories of their right products: each category once, as the catalogue has it
 * now. A product that has none, or that the catalogue has not, is in none.
 */
export async function readCategories(
  tx: Tx,
  { catalogId, photos }: { catalogId: string; photos: readonly Named[] },
): Promise<<T extends Named>(photo: T) => T & { categories: string[] }> {
  const ids = [...new Set(photos.flatMap((photo) => photo.productIds))];
  const rows = await tx.$queryRaw<{ external_id: string; category: string }[]>`
    SELECT external_id, category FROM products
    WHERE catalog_id = ${catalogId} AND external_id = ANY(${ids}::text[]) AND category <> ''`;
  const categories = new Map(rows.map((row) => [row.external_id, row.category]));
  return (photo) => ({
    ...photo,
    categories: [...new Set(photo.productIds.flatMap((id) => categories.get(id) ?? []))],
  });
}
