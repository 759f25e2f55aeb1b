import { describe, expect, it } from 'vitest';
import { sampleProduct } from './generate.ts';

const options = { products: 60, seed: 5, size: 160, catalogViews: 2, streetPhotos: 1 };

describe('sample products', () => {
  it('the same seed gives the same bytes, in any order', async () => {
    const later = await sampleProduct(options, 7);
    const first = await sampleProduct(options, 3);
    const again = await sampleProduct(options, 7);
    expect(again.pictures.map((picture) => picture.name)).toEqual(later.pictures.map(({ name }) => name));
    expect(again.pictures.map(({ jpeg }, i) => jpeg.equals(later.pictures[i]?.jpeg as Buffer))).toEqual([
      true,
      true,
    ]);
    expect(again.street[0]?.jpeg.equals(later.street[0]?.jpeg as Buffer)).toBe(true);
    expect(first.spec.productId).not.toBe(later.spec.productId);
  });
});
