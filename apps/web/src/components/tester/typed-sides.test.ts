import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawBox, type Minimum } from './box-geometry.ts';
import { fractionOf, percentsOf, SIDES, typeSide } from './typed-sides.ts';

const MIN: Minimum = [0.05, 0.08];
const share = fc.double({ min: 0, max: 1, noNaN: true });
const boxes = fc.tuple(share, share, share, share).map(([a, b, c, d]) => drawBox([a, b], [c, d], MIN));

describe('the box as four numbers', () => {
  it('is in per cent of the photo, to the tenth', () => {
    expect(percentsOf([0.5871, 0.29, 0.8672, 0.5])).toEqual({ left: 58.7, top: 29, width: 28, height: 21 });
  });

  it.each([
    ['59', 0.59],
    [' 59.5 % ', 0.595],
    ['59,5', 0.595],
    ['５９．５', 0.595],
    ['-3', -0.03],
    ['.5', 0.005],
  ])('reads %s', (text, fraction) => {
    expect(fractionOf(text)).toBeCloseTo(fraction, 12);
  });

  it.each(['', '  ', 'abc', '5 9', '1e3', '5%%', '1.2.3', '-', 'Infinity'])(
    'knows that "%s" is no number',
    (text) => {
      expect(fractionOf(text)).toBeNull();
    },
  );

  it('stays inside the photo and is large enough, whatever is typed', () => {
    const any = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(boxes, fc.constantFrom(...SIDES), any, (box, side, to) => {
        const [x1, y1, x2, y2] = typeSide(box, { side, to, min: MIN });
        expect(Math.min(x1, y1)).toBeGreaterThanOrEqual(0);
        expect(Math.max(x2, y2)).toBeLessThanOrEqual(1 + 1e-9);
        expect(x2 - x1).toBeGreaterThanOrEqual(MIN[0] - 1e-9);
        expect(y2 - y1).toBeGreaterThanOrEqual(MIN[1] - 1e-9);
      }),
    );
  });

  it('ends at the border where it no longer fits beside its new left or top', () => {
    expect(typeSide([0, 0, 1, 1], { side: 'left', to: 0.59, min: MIN })).toEqual([0.59, 0, 1, 1]);
    expect(typeSide([0, 0, 1, 1], { side: 'top', to: 2, min: MIN })).toEqual([0, 0.92, 1, 1]);
  });
});
