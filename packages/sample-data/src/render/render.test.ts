import { describe, expect, it } from 'vitest';
import { here } from '../mesh/place.ts';
import { blob, sheet } from '../mesh/shapes.ts';
import { render } from './render.ts';
import type { Scene } from './scene.ts';
import { PLAIN } from './skin.ts';

const scene = (half: number): Scene => ({
  actors: [
    {
      parts: [{ mesh: blob([0, 0, 0.5], [half, half, half]), skin: { ...PLAIN, colour: [0.8, 0.05, 0.05] } }],
      place: here,
      id: 3,
      casts: true,
    },
    {
      parts: [
        {
          mesh: sheet([-2, 2, 0], [4, 0, 0], [0, -4, 0], 8),
          skin: { ...PLAIN, weave: 'wood', repeat: [4, 4], depth: 0.3, grime: 0.5 },
        },
      ],
      place: here,
      id: 0,
      casts: false,
    },
  ],
  camera: { eye: [0, -4, 1], target: [0, 0, 0.5], focal: 2, roll: 0 },
  light: {
    key: { from: [0, -1, 1], colour: [2, 2, 2], soft: 0.4 },
    rim: { from: [1, 0.5, 0.5], colour: [0.3, 0.3, 0.3], soft: 1 },
    sky: [0.5, 0.5, 0.5],
    ground: [0.2, 0.2, 0.2],
    backdrop: [
      [0, 0, 1],
      [0, 0, 1],
    ],
    exposure: 0.5,
  },
});

describe('a rendered scene', () => {
  it('does not depend on the frames before it', () => {
    const first = render(scene(0.4), 80, 60);
    render(scene(0.7), 200, 120);
    render(scene(0.2), 33, 21);
    expect(render(scene(0.4), 80, 60)).toEqual(first);
  });

  it('names the actor of each pixel and shows the backdrop where nothing is', () => {
    const frame = render(scene(0.4), 80, 60);
    expect(frame.mask[30 * 80 + 40]).toBe(3);
    expect(frame.mask[58 * 80 + 2]).toBe(0);
    expect([...frame.rgb.subarray(0, 3)]).toEqual([0, 0, 244]);
  });

  it('has soft edges: colours between the ball and the backdrop', () => {
    const frame = render(scene(0.4), 80, 60);
    const mixed = Array.from({ length: 30 * 80 }, (_, at) => frame.rgb.subarray(at * 3, at * 3 + 3)).filter(
      ([red = 0, , blue = 0]) => red > 20 && blue > 110 && blue < 230,
    );
    expect(mixed.length).toBeGreaterThan(8);
  });
});
