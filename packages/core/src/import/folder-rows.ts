import type { ProductRow } from './product-row.ts';

/**
 * Products of an archive without a table: each sub-folder is a product, each loose file a product (contract §2).
 * A single folder that wraps everything is not a product, unless the names are `exact`: those of a folder, not of a ZIP.
 */
export function rowsOfFolders(names: readonly string[], folders: 'auto' | 'exact' = 'auto'): ProductRow[] {
  const unwrapped = folders === 'exact' ? names.map((name) => [name, name] as const) : dropWrapper(names);
  const products = new Map<string, string[]>();
  for (const [name, inner] of unwrapped) {
    const [first = '', ...rest] = inner.split('/');
    const product = (rest.length > 0 ? first : first.replace(/\.[^.]+$/, '')).trim();
    products.set(product, [...(products.get(product) ?? []), name]);
  }
  return [...products].map(([productId, images]) => ({
    line: null,
    productId,
    variantId: null,
    images,
    title: productId,
    description: '',
    category: null,
    price: null,
    attributes: {},
    flaws: [],
  }));
}

function dropWrapper(names: readonly string[]): [string, string][] {
  const tops = new Set(names.map((name) => name.split('/')[0]));
  const wrapped = tops.size === 1 && names.some((name) => name.split('/').length > 2);
  return names.map((name) => [name, wrapped ? name.split('/').slice(1).join('/') : name]);
}
