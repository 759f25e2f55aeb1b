import type { Ctx } from '@likeness/core/context';
import type { ProductView } from '@likeness/core/product/product-view';
import { mediaUrl } from '../media-url.ts';

/** A product as its tile in a grid needs it. */
export type ProductTile = {
  productId: string;
  title: string;
  category: string | null;
  price: number | null;
  pictures: number;
  url: string | null;
  color: string | null;
};

export function toTile(ctx: Ctx, product: ProductView): ProductTile {
  const { productId, title, category, price, images } = product;
  const first = images[0];
  return {
    productId,
    title,
    category,
    price,
    pictures: images.length,
    url: first ? mediaUrl(ctx.deps, { tenantId: ctx.tenantId, key: first.displayKey }) : null,
    color: first?.color ?? null,
  };
}

/** Address of a stored picture, or null where there is none. */
export function pictureUrl(ctx: Ctx, displayKey: string | null | undefined): string | null {
  return displayKey ? mediaUrl(ctx.deps, { tenantId: ctx.tenantId, key: displayKey }) : null;
}
