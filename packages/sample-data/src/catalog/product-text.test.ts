import { describe, expect, it } from 'vitest';
import { KINDS } from './kinds.ts';
import { type ProductSpec, specOf } from './product-spec.ts';
import { textOf } from './product-text.ts';

const specs = Array.from({ length: 1000 }, (_, i) => specOf(1, i));
const families = [...Map.groupBy(specs, ({ family }) => family).values()];

describe('the text of a product', () => {
  it('siblings cost the same, and each title says which it is', () => {
    for (const siblings of families) {
      const texts = siblings.map((spec) => textOf(spec));
      expect(new Set(texts.map(({ price }) => price)).size).toBe(1);
      expect(new Set(texts.map(({ title }) => title)).size).toBe(siblings.length);
      expect(new Set(texts.map(({ titleZh }) => titleZh)).size).toBe(siblings.length);
    }
  });

  it('a price comes from the parameters: equal ones cost the same, a dearer cut costs more', () => {
    for (const spec of specs) {
      const [low, high] = KINDS[spec.kind].price;
      const { price } = textOf(spec);
      expect(price).toBeGreaterThanOrEqual(Math.max(0.5, low - 0.5));
      expect(price).toBeLessThanOrEqual(high);
      expect(textOf({ ...spec, productId: 'LK-7-00001', index: 0 }).price).toBe(price);
    }
    const watch = specs.find(({ kind }) => kind === 'watch') as ProductSpec;
    const [field, diver, dress] = [0, 1, 2].map((style) => textOf({ ...watch, style }).price) as [
      number,
      number,
      number,
    ];
    expect(field).toBeLessThan(diver);
    expect(diver).toBeLessThan(dress);
    expect(new Set(specs.map((spec) => textOf(spec).price)).size).toBeGreaterThan(100);
  });

  it('title, description and colour are those of the variant', () => {
    for (const spec of specs)
      for (const variant of spec.variants) {
        const { title, description, attributes } = textOf(spec, variant);
        if (spec.variants.length === 1) continue;
        expect(title).toContain(` ${attributes.colour}`);
        expect(description).toContain(`in ${attributes.colour}`);
      }
  });
});
