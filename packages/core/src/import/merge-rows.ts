import type { ProductRow } from './product-row.ts';

export type MergedProduct = Omit<ProductRow, 'line' | 'images' | 'variantId' | 'flaws'>;
export type WantedImage = {
  productId: string;
  variantId: string | null;
  name: string;
  line: number | null;
  position: number;
};

/**
 * Rows of one batch by product: the first text wins, later attributes join where the first row has none of the name
 * (rows of several colours would else give one colour's title and another's attributes), all images count; they stand behind
 * those of earlier batches (`seen`: product → how many).
 */
export function mergeRows(
  rows: readonly ProductRow[],
  seen: ReadonlyMap<string, number> = new Map(),
): { products: MergedProduct[]; images: WantedImage[] } {
  const products = new Map<string, MergedProduct>();
  const images = new Map<string, WantedImage>();
  const positions = new Map<string, number>();
  for (const { line, images: names, variantId, flaws: _listed, ...row } of rows) {
    const known = products.get(row.productId);
    products.set(row.productId, known ? join(known, row) : row);
    for (const name of names) {
      const key = `${row.productId}\n${name}`;
      if (images.has(key)) continue;
      const position = positions.get(row.productId) ?? seen.get(row.productId) ?? 0;
      positions.set(row.productId, position + 1);
      images.set(key, { productId: row.productId, variantId, name, line, position });
    }
  }
  return { products: [...products.values()], images: [...images.values()] };
}

function join(a: MergedProduct, b: MergedProduct): MergedProduct {
  return {
    productId: a.productId,
    title: a.title || b.title,
    description: a.description || b.description,
    category: a.category ?? b.category,
    price: a.price ?? b.price,
    attributes: { ...b.attributes, ...a.attributes },
  };
}
