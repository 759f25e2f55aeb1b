import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BestPerProduct } from './collapse.ts';

it('keeps the best image of each of the best products, whatever the order; equal cosines go by ordinal', () => {
  const image = fc.record({
    product: fc.integer({ min: 0, max: 400 }),
    cosine: fc.integer({ min: -20, max: 20 }),
  });
  fc.assert(
    fc.property(fc.array(image, { maxLength: 1500 }), fc.integer({ min: 1, max: 12 }), (images, want) => {
      const best = new BestPerProduct(
        Int32Array.from(images, (each) => each.product),
        want,
      );
      const order = [...images.keys()].sort((a, b) => ((a * 7919) % 1009) - ((b * 7919) % 1009));
      for (const ordinal of order) best.offer(ordinal, (images[ordinal]?.cosine ?? 0) / 20);
      const sorted = images
        .map((each, ordinal) => ({ ordinal, cosine: each.cosine / 20, product: each.product }))
        .sort((a, b) => b.cosine - a.cosine || a.ordinal - b.ordinal);
      const seen = new Set<number>();
      const expected = sorted.filter(({ product }) => !seen.has(product) && seen.add(product)).slice(0, want);
      expect(best.top()).toEqual(expected.map(({ ordinal, cosine }) => ({ ordinal, cosine })));
    }),
    { numRuns: 60 },
  );
});
