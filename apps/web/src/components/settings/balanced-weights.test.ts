import fc from 'fast-check';
import { expect, test } from 'vitest';
import { balanced, PARTS, stepped, type Weights } from './balanced-weights.ts';

const hundredths = (weights: Weights): number =>
  PARTS.reduce((sum, part) => sum + Math.round(weights[part] * 100), 0);

test('whatever is set after whatever, the weights add up to exactly 1 and none is below 0', () => {
  const moves = fc.array(fc.tuple(fc.constantFrom(...PARTS), fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(moves, (made) => {
      let weights: Weights = { centre: 0.3, score: 0.5, area: 0.2 };
      for (const [part, value] of made) {
        weights = balanced(weights, part, value);
        expect(hundredths(weights)).toBe(100);
        expect(weights[part]).toBeCloseTo(Math.round(value * 100) / 100, 10);
        expect(Math.min(...PARTS.map((each) => weights[each]))).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test('centre to 1, then to 0.65, is the case that once gave 1.01; what was saved so is mended by the next change', () => {
  const all = balanced({ centre: 0.3, score: 0.5, area: 0.2 }, 'centre', 1);
  expect(hundredths(balanced(all, 'centre', 0.65))).toBe(100);
  expect(hundredths(balanced({ centre: 0.65, score: 0.18, area: 0.18 }, 'area', 0.2))).toBe(100);
});

test('arrows go by 0.05, with Shift by 0.01, and not beyond the ends', () => {
  expect(stepped(0.3, 'ArrowRight', false)).toBeCloseTo(0.35);
  expect(stepped(0.3, 'ArrowDown', true)).toBeCloseTo(0.29);
  expect(stepped(0.98, 'ArrowUp', false)).toBe(1);
  expect(stepped(0.3, 'Tab', false)).toBeNull();
});
