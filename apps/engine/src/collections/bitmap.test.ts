import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clearBit, countBits, emptyBitmap, hasBit, intersect, invert, setBit, unite } from './bitmap.ts';

const sets = fc.tuple(
  fc.uniqueArray(fc.nat(199)),
  fc.uniqueArray(fc.nat(199)),
  fc.integer({ min: 0, max: 200 }),
);
const members = (bits: Uint32Array): number[] =>
  Array.from({ length: 224 }, (_, i) => i).filter((i) => hasBit(bits, i));

it('bitmaps are sets: and, or, not, count and removal agree with Set; no bit past the size is ever set', () => {
  fc.assert(
    fc.property(sets, ([left, right, size]) => {
      const [a, b] = [left.filter((i) => i < size), right.filter((i) => i < size)];
      const bitmap = (of: number[]) => {
        const bits = emptyBitmap(size);
        for (const i of of) setBit(bits, i);
        return bits;
      };
      const plain = (keep: (i: number) => boolean) => Array.from({ length: size }, (_, i) => i).filter(keep);
      expect(members(intersect(bitmap(a), bitmap(b)))).toEqual(plain((i) => a.includes(i) && b.includes(i)));
      expect(members(unite(bitmap(a), bitmap(b)))).toEqual(plain((i) => a.includes(i) || b.includes(i)));
      expect(members(invert(bitmap(a), size))).toEqual(plain((i) => !a.includes(i)));
      expect(countBits(bitmap(a))).toBe(a.length);
      const fewer = bitmap(a);
      for (const i of b) clearBit(fewer, i);
      expect(members(fewer)).toEqual(plain((i) => a.includes(i) && !b.includes(i)));
    }),
  );
});
