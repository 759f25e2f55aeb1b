import type { Box } from '@likeness/contracts/box';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawBox, HANDLES, type Minimum, moveBox, resizeBox } from './box-geometry.ts';

const MIN: Minimum = [0.05, 0.08];
const share = fc.double({ min: 0, max: 1, noNaN: true });
const pull = fc.double({ min: -2, max: 2, noNaN: true });
const boxes = fc.tuple(share, share, share, share).map(([a, b, c, d]) => drawBox([a, b], [c, d], MIN));

function expectInside([x1, y1, x2, y2]: Box): void {
  expect(x1).toBeGreaterThanOrEqual(0);
  expect(y1).toBeGreaterThanOrEqual(0);
  expect(x2).toBeLessThanOrEqual(1 + 1e-9);
  expect(y2).toBeLessThanOrEqual(1 + 1e-9);
  expect(x2 - x1).toBeGreaterThanOrEqual(MIN[0] - 1e-9);
  expect(y2 - y1).toBeGreaterThanOrEqual(MIN[1] - 1e-9);
}

describe('the box editor', () => {
  it('draws only boxes that lie inside the photo and are large enough', () => {
    fc.assert(fc.property(boxes, (box) => expectInside(box)));
  });

  it('keeps the size of a box that is moved, and never moves it out of the photo', () => {
    fc.assert(
      fc.property(boxes, pull, pull, (box, dx, dy) => {
        const moved = moveBox(box, dx, dy);
        expectInside(moved);
        expect(moved[2] - moved[0]).toBeCloseTo(box[2] - box[0], 9);
        expect(moved[3] - moved[1]).toBeCloseTo(box[3] - box[1], 9);
      }),
    );
  });

  it('leaves the opposite side where it was when an edge or corner is pulled', () => {
    fc.assert(
      fc.property(boxes, fc.constantFrom(...HANDLES), pull, pull, (box, handle, dx, dy) => {
        const pulled = resizeBox(box, { handle, dx, dy, min: MIN });
        expectInside(pulled);
        if (!handle.includes('w')) expect(pulled[0]).toBe(box[0]);
        if (!handle.includes('n')) expect(pulled[1]).toBe(box[1]);
        if (!handle.includes('e')) expect(pulled[2]).toBeCloseTo(box[2], 9);
        if (!handle.includes('s')) expect(pulled[3]).toBeCloseTo(box[3], 9);
      }),
    );
  });
});
