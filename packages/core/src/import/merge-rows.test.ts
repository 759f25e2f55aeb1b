import { describe, expect, it } from 'vitest';
import { mergeRows } from './merge-rows.ts';
import type { ProductRow } from './product-row.ts';

const row = (line: number, more: Partial<ProductRow>): ProductRow => ({
  line,
  productId: 'A',
  variantId: `A-${line}`,
  images: [`${line}.jpg`],
  title: '',
  description: '',
  category: null,
  flaws: [],
  price: null,
  attributes: {},
  ...more,
});

describe('rows of one product', () => {
  it('give one text, attributes that agree with it, and each picture under its variant', () => {
    const { products, images } = mergeRows([
      row(1, { title: 'Shirt red', attributes: { colour: 'red' } }),
      row(2, { title: 'Shirt blue', price: 12, attributes: { colour: 'blue', size: 'L' } }),
    ]);
    expect(products).toEqual([
      {
        productId: 'A',
        title: 'Shirt red',
        description: '',
        category: null,
        price: 12,
        attributes: { colour: 'red', size: 'L' },
      },
    ]);
    expect(images.map(({ name, variantId }) => [name, variantId])).toEqual([
      ['1.jpg', 'A-1'],
      ['2.jpg', 'A-2'],
    ]);
  });
});
