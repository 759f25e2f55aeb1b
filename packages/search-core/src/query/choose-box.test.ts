import type { Box } from '@likeness/contracts/box';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxAtPoint, chooseBox, type DetectedBox, rateBox } from './choose-box.ts';

const WEIGHTS = { centre: 0.3, score: 0.5, area: 0.2 };
const IMAGE = { width: 800, height: 600 };
const detected = (box: Box, score = 0.5): DetectedBox => ({ box, score, label: 'object' });

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const boxes = fc
  .tuple(fraction, fraction, fraction, fraction)
  .map(([a, b, c, d]): Box => [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]);
const detections = fc.record({ box: boxes, score: fraction, label: fc.constant('object') });
const sizes = fc.record({
  width: fc.integer({ min: 1, max: 9000 }),
  height: fc.integer({ min: 1, max: 9000 }),
});

describe('terms of the box choice', () => {
  it('are those of the formula, in pixels: centre 1 − distance / half the diagonal, score, area', () => {
    const reason = rateBox(detected([0, 0, 0.5, 0.5], 0.8), IMAGE, WEIGHTS);
    // Middle at (200, 150), 250 px from the image's (400, 300); half the diagonal is 500 px.
    expect(reason.centre).toBeCloseTo(0.5, 12);
    expect(reason.score).toBe(0.8);
    expect(reason.area).toBe(0.25);
    expect(reason.total).toBeCloseTo(0.3 * 0.5 + 0.5 * 0.8 + 0.2 * 0.25, 12);
  });

  it('the whole image with certainty is 1 in every term', () => {
    expect(rateBox(detected([0, 0, 1, 1], 1), IMAGE, WEIGHTS)).toEqual({
      centre: 1,
      score: 1,
      area: 1,
      total: 1,
    });
  });

  it('lie in 0…1 for every box, and the chosen total is the largest', () => {
    fc.assert(
      fc.property(fc.array(detections, { maxLength: 12 }), sizes, (list, image) => {
        const { rated, chosen } = chooseBox(list, image, WEIGHTS);
        for (const { reason } of rated)
          for (const term of [reason.centre, reason.score, reason.area])
            expect(term).toSatisfy((value: number) => value >= 0 && value <= 1);
        if (list.length === 0) expect(chosen).toBe(-1);
        else expect(rated[chosen]?.reason.total).toBe(Math.max(...rated.map((each) => each.reason.total)));
      }),
    );
  });

  it('do not hang on the order of the boxes', () => {
    fc.assert(
      fc.property(fc.array(detections, { minLength: 1, maxLength: 8 }), sizes, (list, image) => {
        const one = chooseBox(list, image, WEIGHTS);
        const other = chooseBox(list.toReversed(), image, WEIGHTS);
        const reason = one.rated[one.chosen]?.reason;
        expect(other.rated[other.chosen]?.reason.total).toBe(reason?.total);
        expect(other.rated[other.chosen]?.reason.area).toBe(reason?.area);
      }),
    );
  });

  it('equal totals go to the larger area', () => {
    const only = { centre: 0, score: 1, area: 0 };
    const small = detected([0.4, 0.4, 0.6, 0.6], 0.7);
    const large = detected([0.1, 0.1, 0.9, 0.9], 0.7);
    expect(chooseBox([small, large], IMAGE, only).chosen).toBe(1);
    expect(chooseBox([large, small], IMAGE, only).chosen).toBe(0);
  });

  it('weights move the choice: certainty, size or the middle', () => {
    const list = [
      detected([0, 0, 0.2, 0.2], 0.99),
      detected([0, 0, 0.95, 0.95], 0.4),
      detected([0.45, 0.45, 0.55, 0.55], 0.4),
    ];
    const chosen = (centre: number, score: number, area: number): number =>
      chooseBox(list, IMAGE, { centre, score, area }).chosen;
    expect(chosen(0, 1, 0)).toBe(0);
    expect(chosen(0, 0, 1)).toBe(1);
    expect(chosen(1, 0, 0)).toBe(2);
  });
});

describe('the box at a point', () => {
  it('is the smallest detected one around it', () => {
    const list = [detected([0, 0, 1, 1]), detected([0.2, 0.2, 0.6, 0.6]), detected([0.7, 0.7, 0.9, 0.9])];
    expect(boxAtPoint(list, [0.5, 0.5], IMAGE)).toEqual([0.2, 0.2, 0.6, 0.6]);
    expect(boxAtPoint(list, [0.8, 0.8], IMAGE)).toEqual([0.7, 0.7, 0.9, 0.9]);
    expect(boxAtPoint(list, [0.05, 0.9], IMAGE)).toEqual([0, 0, 1, 1]);
  });

  it('without a detected one is a square around it, wholly inside the image', () => {
    fc.assert(
      fc.property(fraction, fraction, sizes, (x, y, image) => {
        const [x1, y1, x2, y2] = boxAtPoint([], [x, y], image);
        const slack = 1e-9;
        expect(x1).toBeGreaterThanOrEqual(-slack);
        expect(y1).toBeGreaterThanOrEqual(-slack);
        expect(x2).toBeLessThanOrEqual(1 + slack);
        expect(y2).toBeLessThanOrEqual(1 + slack);
        expect(x1 - slack <= x && x <= x2 + slack && y1 - slack <= y && y <= y2 + slack).toBe(true);
        const [w, h] = [(x2 - x1) * image.width, (y2 - y1) * image.height];
        expect(w / h).toBeCloseTo(1, 6);
        expect(w).toBeCloseTo(Math.min(image.width, image.height) / 3, 3);
      }),
    );
  });
});
