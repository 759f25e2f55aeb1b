import type { Image } from '@likeness/db/generated/client';
import type { ProductModel } from '@likeness/db/generated/models/Product';

/** A product as programs see it; `product_id` is the retailer's own. */
export type ProductView = {
  id: string;
  productId: string;
  catalogId: string;
  title: string;
  description: string;
  category: string | null;
  price: number | null;
  attributes: Record<string, unknown>;
  images: {
    id: string;
    width: number;
    height: number;
    displayKey: string;
    color: string;
    position: number;
  }[];
  updatedAt: Date;
};

export function toProductView(row: ProductModel & { images: Image[] }): ProductView {
  const images = row.images
    .toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
    .map(({ id, width, height, displayKey, color, position }) => ({
      id,
      width,
      height,
      displayKey,
      color,
      position,
    }));
  return {
    id: row.id,
    productId: row.externalId,
    catalogId: row.catalogId,
    title: row.title,
    description: row.description,
    category: row.category,
    price: row.price === null ? null : Number(row.price),
    attributes: row.attributes as Record<string, unknown>,
    images,
    updatedAt: row.updatedAt,
  };
}
