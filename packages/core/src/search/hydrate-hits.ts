import type { Box } from '@likeness/contracts/box';
import type { Ctx } from '../context.ts';
import type { ResolvedIndex } from '../index-version/resolved-index.ts';
import type { SearchHit } from './search-types.ts';

type Found = { product: string; image: string; score: number };
type Row = {
  product: string;
  external_id: string;
  title: string;
  category: string | null;
  price: string | null;
  attributes: Record<string, unknown>;
  image: string;
  display_key: string;
  box: number[] | null;
};

const SELECT = `SELECT p.id AS product, p.external_id, p.title, p.category, p.price::text, p.attributes, i.id AS image, i.display_key, e.box
  FROM images i JOIN products p ON p.tenant_id = i.tenant_id AND p.id = i.product_id
  LEFT JOIN embeddings e ON e.tenant_id = i.tenant_id AND e.image_id = i.id AND e.model_version_id = $3 AND e.recipe = $4
  WHERE i.id = ANY($1) AND i.catalog_id = $2`;

/** Engine ids → products in one round trip; rows that are gone (or were never this tenant's) are left out. */
export async function hydrateHits(
  ctx: Ctx,
  index: ResolvedIndex,
  found: readonly Found[],
): Promise<Omit<SearchHit, 'rank'>[]> {
  if (found.length === 0) return [];
  const values = [found.map((each) => each.image), index.catalogId, index.embedModelId, index.recipe];
  const rows = await ctx.deps.db.tenantStatement<Row>(ctx.tenantId, {
    name: 'hydrate_hits',
    text: SELECT,
    values,
  });
  const byImage = new Map(rows.map((row) => [row.image, row]));
  return found.flatMap(({ image, score }) => {
    const row = byImage.get(image);
    if (!row) return [];
    const box = row.box?.length === 4 ? (row.box as Box) : null;
    const price = row.price === null ? null : Number(row.price);
    const { external_id: productId, title, attributes, category } = row;
    return [
      {
        productId,
        score,
        title,
        attributes,
        category,
        price,
        matched: { id: image, displayKey: row.display_key, box },
      },
    ];
  });
}
