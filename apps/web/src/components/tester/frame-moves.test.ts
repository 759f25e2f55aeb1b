import type { Box } from '@likeness/contracts/box';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Minimum, minimumOf } from './box-geometry.ts';
import { keyedBox, type Point, pointOn, pulledBox } from './frame-moves.ts';
import { typeSide } from './typed-sides.ts';

/** A box in whole per cent, [left, top, width, height], and where it goes, still inside the photo. */
const way = fc
  .tuple(fc.integer({ min: 10, max: 90 }), fc.integer({ min: 10, max: 90 }))
  .chain(([width, height]) => {
    const left = fc.integer({ min: 0, max: 100 - width });
    const top = fc.integer({ min: 0, max: 100 - height });
    return fc.record({
      size: fc.constant([width, height]),
      from: fc.tuple(left, top),
      to: fc.tuple(left, top),
    });
  });
/** The photo on the screen: up to 4 times as large as its place and scrolled away in part. */
const photo = fc
  .record({
    width: fc.integer({ min: 200, max: 900 }),
    ratio: fc.double({ min: 0.5, max: 2, noNaN: true }),
    zoom: fc.double({ min: 1, max: 4, noNaN: true }),
    left: fc.integer({ min: -900, max: 400 }),
    top: fc.integer({ min: -900, max: 400 }),
  })
  .map(({ width, ratio, zoom, left, top }) => ({
    left,
    top,
    width: width * zoom,
    height: (width / ratio) * zoom,
  }));
type Rect = { left: number; top: number; width: number; height: number };

const boxOf = ([x, y]: readonly number[], [w, h]: readonly number[]): Box =>
  [x!, y!, x! + w!, y! + h!].map((each) => each / 100) as Box;
const minOf = (rect: Rect): Minimum => minimumOf(rect, { width: 4000, height: 4000 });
const place = (rect: Rect, [u, v]: Point) => ({
  clientX: rect.left + u * rect.width,
  clientY: rect.top + v * rect.height,
});
function expectSame(a: Box, b: Box): void {
  for (const i of [0, 1, 2, 3]) expect(a[i]).toBeCloseTo(b[i]!, 9);
}
/** One arrow key again and again. */
function keys(box: Box, rect: Rect, how: { by: number; less: string; more: string; shiftKey: boolean }): Box {
  const key = how.by < 0 ? how.less : how.more;
  let at = box;
  for (let i = 0; i < Math.abs(how.by); i++)
    at = keyedBox(at, { key, shiftKey: how.shiftKey, altKey: false }, minOf(rect))!;
  return at;
}
function steps(box: Box, rect: Rect, [dx, dy]: Point, shiftKey = false): Box {
  const across = keys(box, rect, { by: dx, less: 'ArrowLeft', more: 'ArrowRight', shiftKey });
  return keys(across, rect, { by: dy, less: 'ArrowUp', more: 'ArrowDown', shiftKey });
}

describe('pointer, keys and typed numbers', () => {
  it('move the box to the same place, at any zoom', () => {
    fc.assert(
      fc.property(photo, way, (rect, { size, from, to }) => {
        const box = boxOf(from, size);
        const goal = boxOf(to, size);
        const press: Point = [box[0] + 0.01, box[1] + 0.01];
        const lift: Point = [goal[0] + 0.01, goal[1] + 0.01];
        const pulled = pulledBox(
          { kind: 'move', from: pointOn(rect, place(rect, press)), box },
          pointOn(rect, place(rect, lift)),
          minOf(rect),
        );
        const min = minOf(rect);
        const left = typeSide(box, { side: 'left', to: goal[0], min });
        expectSame(pulled, goal);
        expectSame(typeSide(left, { side: 'top', to: goal[1], min }), goal);
        expectSame(steps(box, rect, [to[0] - from[0], to[1] - from[1]]), goal);
      }),
    );
  });

  it('give it the same size, at any zoom', () => {
    const shrink = fc.tuple(fc.integer({ min: -70, max: 70 }), fc.integer({ min: -70, max: 70 }));
    fc.assert(
      fc.property(photo, way, shrink, (rect, { size, from }, by) => {
        const min = minOf(rect);
        const box = boxOf(from, size);
        fc.pre(box[2] - box[0] >= min[0] && box[3] - box[1] >= min[1]);
        const corner: Point = [box[2], box[3]];
        const lift: Point = [corner[0] + by[0] / 100, corner[1] + by[1] / 100];
        const pulled = pulledBox(
          { kind: 'se', from: pointOn(rect, place(rect, corner)), box },
          pointOn(rect, place(rect, lift)),
          min,
        );
        const wide = typeSide(box, { side: 'width', to: lift[0] - box[0], min });
        expectSame(typeSide(wide, { side: 'height', to: lift[1] - box[1], min }), pulled);
        expectSame(steps(box, rect, by, true), pulled);
      }),
    );
  });

  it('draw the same box as the four numbers of it, from any box before', () => {
    fc.assert(
      fc.property(photo, way, way, (rect, before, { size, from }) => {
        const min = minOf(rect);
        const goal = boxOf(from, size);
        const start = pointOn(rect, place(rect, [goal[2], goal[1]]));
        const lift = pointOn(rect, place(rect, [goal[0], goal[3]]));
        const old = boxOf(before.from, before.size);
        let typed = old;
        const sides = { left: goal[0], top: goal[1], width: size[0]! / 100, height: size[1]! / 100 } as const;
        for (const [side, to] of Object.entries(sides))
          typed = typeSide(typed, { side: side as keyof typeof sides, to, min });
        const drawn = pulledBox({ kind: 'draw', from: start, box: old }, lift, min);
        fc.pre(size[0]! / 100 >= min[0] && size[1]! / 100 >= min[1]);
        expectSame(drawn, goal);
        expectSame(typed, goal);
      }),
    );
  });
});
