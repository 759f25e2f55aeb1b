import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HANDLES } from './box-geometry.ts';
import { handleAt, handleTargets, type Room, SMALL, TARGET } from './handle-targets.ts';

const AMPLE: Room = { left: 60, top: 60, right: 60, bottom: 60 };
const side = fc.integer({ min: 24, max: 900 });
const space = fc.integer({ min: 0, max: 60 });
const room = fc.record({ left: space, top: space, right: space, bottom: space });

/** A point `off` pixels outside the middle of an edge, or outside a corner in both directions. */
function outside(handle: string, frame: { width: number; height: number }, off: number): [number, number] {
  const x = handle.includes('w') ? -off : handle.includes('e') ? frame.width + off : frame.width / 2;
  const y = handle.includes('n') ? -off : handle.includes('s') ? frame.height + off : frame.height / 2;
  return [x, y];
}

describe('the handles of the frame', () => {
  it('are grabbed from just outside as from just inside', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: SMALL, max: 900 }),
        fc.integer({ min: SMALL, max: 900 }),
        fc.integer({ min: -15, max: 25 }),
        fc.constantFrom(...HANDLES),
        (width, height, off, handle) => {
          const targets = handleTargets({ width, height }, AMPLE);
          expect(handleAt(targets, outside(handle, { width, height }, off))).toBe(handle);
        },
      ),
    );
  });

  it('are 44 px and reach further out than in', () => {
    const targets = handleTargets({ width: 300, height: 200 }, AMPLE);
    expect(targets).toHaveLength(8);
    for (const { handle, left, top, width, height } of targets) {
      if (handle !== 'n' && handle !== 's') expect(width).toBe(TARGET);
      if (handle !== 'e' && handle !== 'w') expect(height).toBe(TARGET);
      if (handle.includes('n')) expect(-top).toBeGreaterThan(height + top);
      if (handle.includes('w')) expect(-left).toBeGreaterThan(width + left);
    }
  });

  it('are only corners, outside the frame, where it is small', () => {
    const targets = handleTargets({ width: 40, height: 60 }, AMPLE);
    expect(targets.map((each) => each.handle).toSorted()).toEqual(['ne', 'nw', 'se', 'sw']);
    expect(handleAt(targets, [20, 30])).toBeNull();
    expect(handleAt(targets, [3, 3])).toBeNull();
    expect(handleAt(targets, [-3, -3])).toBe('nw');
    expect(handleAt(targets, [43, 63])).toBe('se');
  });

  it('keep the edges of the long side of a flat frame', () => {
    const handles = handleTargets({ width: 300, height: 50 }, AMPLE).map((each) => each.handle);
    expect(handles.filter((each) => each.length === 1)).toEqual(['n', 's']);
  });

  it('never cover the middle, and lean inward where the photo ends', () => {
    fc.assert(
      fc.property(side, side, room, (width, height, free) => {
        const targets = handleTargets({ width, height }, free);
        expect(handleAt(targets, [width / 2, height / 2])).toBeNull();
        for (const each of targets) {
          expect(-each.left).toBeLessThanOrEqual(free.left + 1e-9);
          expect(each.left + each.width - width).toBeLessThanOrEqual(free.right + 1e-9);
          expect(-each.top).toBeLessThanOrEqual(free.top + 1e-9);
          expect(each.top + each.height - height).toBeLessThanOrEqual(free.bottom + 1e-9);
        }
      }),
    );
    const atBorder = handleTargets({ width: 300, height: 300 }, { left: 0, top: 0, right: 0, bottom: 0 });
    for (const { handle, width, height } of atBorder)
      if (handle.length === 2) expect([width, height]).toEqual([TARGET, TARGET]);
  });
});
