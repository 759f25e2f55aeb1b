import type { Attributes, Point } from '@likeness/contracts/engine';
import type { Tx } from '@likeness/db/database';

/** A picture with what the engine must know of its product. */
export type IndexedImage = {
  id: string;
  productId: string;
  sha256: string;
  originalKey: string;
  sourceName: string;
  attributes: Attributes;
};

type Row = {
  id: string;
  product_id: string;
  sha256: string;
  original_key: string;
  source_name: string;
  category: string | null;
  price: string | null;
  attributes: Record<string, unknown>;
};

/** Pictures of a catalog after an id, in the order of ids, which is the order in which they came. */
export async function imagesAfter(
  tx: Tx,
  how: { catalogId: string; after: string; take: number },
): Promise<IndexedImage[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT i.id, i.product_id, i.sha256, i.original_key, i.source_name, p.category, p.price::text, p.attributes
    FROM images i JOIN products p ON p.tenant_id = i.tenant_id AND p.id = i.product_id
    WHERE i.catalog_id = ${how.catalogId} AND i.id > ${how.after} ORDER BY i.id LIMIT ${how.take}`;
  return rows.map(toIndexedImage);
}

export async function imagesOfProducts(tx: Tx, productIds: readonly string[]): Promise<IndexedImage[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT i.id, i.product_id, i.sha256, i.original_key, i.source_name, p.category, p.price::text, p.attributes
    FROM images i JOIN products p ON p.tenant_id = i.tenant_id AND p.id = i.product_id
    WHERE p.id = ANY(${productIds as string[]}) ORDER BY i.id`;
  return rows.map(toIndexedImage);
}

export function toPoint(image: IndexedImage): Point {
  return { id: image.id, product: image.productId, hash: image.sha256, attributes: image.attributes };
}

function toIndexedImage(row: Row): IndexedImage {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(row.attributes)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      attributes[name] = value;
    else if (Array.isArray(value)) attributes[name] = value.map(String);
  }
  if (row.category !== null) attributes.category = row.category;
  if (row.price !== null) attributes.price = Number(row.price);
  return {
    id: row.id,
    productId: row.product_id,
    sha256: row.sha256,
    originalKey: row.original_key,
    sourceName: row.source_name,
    attributes,
  };
}
