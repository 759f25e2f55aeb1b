import { describe, expect, it } from 'vitest';
import { placeInFamily, specOf } from '../catalog/product-spec.ts';
import { isTestFamily } from './split.ts';

describe('the split of street photos', () => {
  it('gives both sides half of the products, families of every size, and every kind', () => {
    const sizes = new Map<number, number>();
    for (let i = 0; i < 1200; i++) {
      const { family } = placeInFamily(i);
      sizes.set(family, (sizes.get(family) ?? 0) + 1);
    }
    const products = (test: boolean): number =>
      [...sizes].reduce((sum, [family, size]) => sum + (isTestFamily(family) === test ? size : 0), 0);
    expect(products(true)).toBe(600);
    expect(products(false)).toBe(600);
    for (const test of [true, false]) {
      const side = [...sizes].filter(([family]) => isTestFamily(family) === test);
      expect(new Set(side.map(([, size]) => size))).toEqual(new Set([1, 2, 3]));
      const kinds = Array.from({ length: 1200 }, (_, i) => specOf(1, i)).filter(
        (spec) => isTestFamily(spec.family) === test,
      );
      expect(new Set(kinds.map((spec) => spec.kind)).size).toBe(13);
    }
  });
});
