import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Axis, centreOf, LEAST, MOST, nextZoom, scrollTo, scrollToSee, zoomWithin } from './zoom.ts';

const pixels = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const share = pixels(0, 1);
const axis: fc.Arbitrary<Axis> = fc.record({
  photo: pixels(0, 16),
  length: pixels(600, 4000),
  view: pixels(200, 600),
  scroll: pixels(0, 3400),
});

describe('the zoom of the photo', () => {
  it('goes from the whole photo to four times it, and back, in the same steps', () => {
    const way = [LEAST];
    for (let i = 0; i < 6; i++) way.push(nextZoom(way.at(-1)!, 'in'));
    expect(way).toEqual([1, 1.5, 2, 3, 4, 4, 4]);
    expect(nextZoom(1.7, 'out')).toBe(1.5);
    expect(nextZoom(1, 'out')).toBe(1);
  });

  it('never leaves its bounds, and the whole photo is easy to hit', () => {
    fc.assert(
      fc.property(pixels(0, 20), (asked) => {
        const zoom = zoomWithin(asked);
        expect(zoom).toBeGreaterThanOrEqual(LEAST);
        expect(zoom).toBeLessThanOrEqual(MOST);
      }),
    );
    expect(zoomWithin(1.02)).toBe(LEAST);
  });

  it('scrolls a part of the photo to the middle', () => {
    fc.assert(
      fc.property(axis, share, (at, centre) => {
        expect(centreOf({ ...at, scroll: scrollTo(centre, at) })).toBeCloseTo(centre, 9);
      }),
    );
  });

  it('scrolls a frame into sight, and not at all where it is', () => {
    fc.assert(
      fc.property(axis, share, share, (at, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const scroll = scrollToSee([from, to], at, 10);
        const start = at.photo + from * at.length;
        const end = at.photo + to * at.length;
        if (end - start + 20 <= at.view) {
          expect(start - scroll).toBeGreaterThanOrEqual(10 - 1e-6);
          expect(end - scroll).toBeLessThanOrEqual(at.view - 10 + 1e-6);
        } else {
          expect(start - scroll).toBeLessThanOrEqual(10 + 1e-6);
          expect(end - scroll).toBeGreaterThanOrEqual(at.view - 10 - 1e-6);
        }
        expect(scrollToSee([from, to], { ...at, scroll }, 10)).toBeCloseTo(scroll, 6);
      }),
    );
  });
});
