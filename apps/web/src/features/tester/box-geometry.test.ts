import type { Box } from '@likeness/contracts/box';
import { describe, expect, it } from 'vitest';
import { boxAfterKey, drawBox, HANDLES, moveBox, resizeBox, smallestBox } from './box-geometry.ts';

const min = { width: 0.05, height: 0.04 };

/** Numbers in 0..1 that repeat from run to run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
const inside = ([x1, y1, x2, y2]: Box): boolean =>
  x1 >= 0 && y1 >= 0 && x2 <= 1 && y2 <= 1 && x1 < x2 && y1 < y2;

describe('the box editor', () => {
  it('never lets a box leave the photo or fall under its smallest size, whatever is dragged', () => {
    const next = numbers(7);
    for (let i = 0; i < 5000; i++) {
      const start = drawBox([next(), next()], { to: [next() * 1.4 - 0.2, next() * 1.4 - 0.2], min });
      const shift = { dx: next() * 3 - 1.5, dy: next() * 3 - 1.5 };
      const handle = HANDLES[Math.floor(next() * HANDLES.length)] ?? 'se';
      const moved = moveBox(start, shift);
      const resized = resizeBox(start, { ...shift, handle, min });
      for (const box of [start, moved, resized]) {
        expect(inside(box)).toBe(true);
        expect(box[2] - box[0]).toBeGreaterThanOrEqual(min.width - 1e-9);
        expect(box[3] - box[1]).toBeGreaterThanOrEqual(min.height - 1e-9);
      }
      expect(moved[2] - moved[0]).toBeCloseTo(start[2] - start[0], 9);
    }
  });

  it('gives the same box by ten key presses as by one drag of the same way', () => {
    const start: Box = [0.2, 0.3, 0.5, 0.6];
    let keyed = start;
    for (let i = 0; i < 10; i++)
      keyed = boxAfterKey(keyed, { key: 'ArrowRight', resize: false, fine: false, min }) ?? keyed;
    const dragged = moveBox(start, { dx: 0.1, dy: 0 });
    keyed.forEach((value, i) => expect(value).toBeCloseTo(dragged[i] ?? Number.NaN, 9));
    let grown = start;
    for (let i = 0; i < 10; i++)
      grown = boxAfterKey(grown, { key: 'ArrowDown', resize: true, fine: true, min }) ?? grown;
    const pulled = resizeBox(start, { handle: 'se', dx: 0, dy: 0.01, min });
    grown.forEach((value, i) => expect(value).toBeCloseTo(pulled[i] ?? Number.NaN, 9));
  });

  it('draws the same box from either corner', () => {
    const a = drawBox([0.2, 0.2], { to: [0.7, 0.6], min });
    const b = drawBox([0.7, 0.6], { to: [0.2, 0.2], min });
    expect(a).toEqual(b);
  });

  it('asks for 24 px on the screen or 16 px of the photo, whichever is larger', () => {
    expect(smallestBox({ shown: { width: 240, height: 480 }, source: { width: 100, height: 4000 } })).toEqual(
      {
        width: 0.16,
        height: 0.05,
      },
    );
  });
});
