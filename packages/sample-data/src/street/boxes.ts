import type { Box } from '@likeness/contracts/box';
import type { Frame } from '../render/render.ts';

/** What can be seen of an id in a frame: its box in fractions of the picture and its pixels. */
export type Seen = { id: number; box: Box; pixels: number };

/** Boxes of what can be seen of ids 1 … `ids`, by id; what cannot be seen has none. */
export function boxesOf(frame: Frame, ids: number): Seen[] {
  const { width, height, mask } = frame;
  const found = Array.from({ length: ids }, () => ({ x0: width, y0: height, x1: 0, y1: 0, pixels: 0 }));
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const each = found[(mask[at] as number) - 1];
      if (!each) continue;
      each.pixels++;
      if (x < each.x0) each.x0 = x;
      if (x >= each.x1) each.x1 = x + 1;
      if (y < each.y0) each.y0 = y;
      each.y1 = y + 1;
    }
  return found.flatMap(({ x0, y0, x1, y1, pixels }, i) =>
    pixels > 0 ? [{ id: i + 1, box: [x0 / width, y0 / height, x1 / width, y1 / height] as Box, pixels }] : [],
  );
}
