import { describe, expect, it } from 'vitest';
import { specOf } from './catalog/product-spec.ts';
import { groupOf, sampleProduct } from './generate.ts';
import { isTestFamily } from './write/split.ts';

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

  it('in a photo all goods are of one side of the split', async () => {
    const small = { products: 110, seed: 1, size: 48, catalogViews: 0, streetPhotos: 2 };
    const mixed: string[] = [];
    let companions = 0;
    for (let index = 0; index < 110; index++) {
      const spec = specOf(1, index);
      if (![0, 1].some((shot) => ['several', 'shelf'].includes(groupOf(spec, shot)))) continue;
      for (const { name, truth } of (await sampleProduct(small, index)).street) {
        const families = truth.map(({ productId }) => specOf(1, Number(productId.split('-')[2]) - 1).family);
        companions += Math.max(0, families.length - 1);
        if (new Set(families.map(isTestFamily)).size > 1) mixed.push(name);
      }
    }
    expect(mixed).toEqual([]);
    expect(companions).toBeGreaterThan(12);
  }, 60_000);

  it('a shop of one product has no photo of several', async () => {
    for (let seed = 1, found = 0; found < 2; seed++) {
      if (groupOf(specOf(seed, 0), 0) !== 'several') continue;
      found += 1;
      const one = { products: 1, seed, size: 48, catalogViews: 0, streetPhotos: 1 };
      const { street } = await sampleProduct(one, 0);
      expect(street.map(({ group, truth }) => [group, truth.length])).toEqual([['plain', 1]]);
    }
  });
});
