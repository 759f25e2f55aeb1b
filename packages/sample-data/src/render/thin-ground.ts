import type { Geometry } from './geometry.ts';
import { kept } from './kept.ts';
import type { Visibility } from './rasterise.ts';

/** What a pixel is to the ground: not of it, shaded, or between shaded ones. */
const [OTHER, SHADED, BETWEEN] = [0, 1, 2];
const room = { marks: kept(Uint8Array) };

/**
 * A studio's ground is smooth, and fills most of a catalogue picture: each second pixel of each second row is shaded, and
 * of the others those that have such pixels of the ground all round. Takes them out of what is seen; the function it
 * returns gives them the means of their neighbours once these have their colours. null without such a ground.
 */
export function thinGround(all: Geometry, seen: Visibility): ((rgb: Uint8Array) => void) | null {
  const ground = all.pieces.findIndex(({ skin }) => skin.ground);
  if (ground < 0) return null;
  const { width, height, triangle } = seen;
  const marks = room.marks(width * height);
  for (let at = 0; at < marks.length; at++) {
    const t = triangle[at] as number;
    marks[at] = t >= 0 && all.pieceOf[t] === ground ? SHADED : OTHER;
  }
  for (let y = 0; y + 1 < height; y++) thinRow(marks, triangle, y, width, height);
  return (rgb) => {
    for (let y = 0; y + 1 < height; y++) fillRow(marks, rgb, y, width);
  };
}

function thinRow(marks: Uint8Array, triangle: Int32Array, y: number, width: number, height: number): void {
  const above = (y - (y & 1)) * width;
  const below = above + (y & 1) * 2 * width;
  if (below >= width * height) return;
  for (let x = 1 - (y & 1); x + 1 < width; x += 2 - (y & 1)) {
    const at = y * width + x;
    const left = x - (x & 1);
    const right = left + (x & 1) * 2;
    if (right >= width || marks[at] !== SHADED) continue;
    const round =
      marks[above + left] === SHADED &&
      marks[above + right] === SHADED &&
      marks[below + left] === SHADED &&
      marks[below + right] === SHADED;
    if (!round) continue;
    marks[at] = BETWEEN;
    triangle[at] = -1;
  }
}

function fillRow(marks: Uint8Array, rgb: Uint8Array, y: number, width: number): void {
  const above = (y - (y & 1)) * width;
  const below = above + (y & 1) * 2 * width;
  for (let x = 0; x < width; x++) {
    if (marks[y * width + x] !== BETWEEN) continue;
    const left = x - (x & 1);
    const right = left + (x & 1) * 2;
    const to = (y * width + x) * 3;
    for (let c = 0; c < 3; c++) {
      const sum =
        (rgb[(above + left) * 3 + c] as number) +
        (rgb[(above + right) * 3 + c] as number) +
        (rgb[(below + left) * 3 + c] as number) +
        (rgb[(below + right) * 3 + c] as number);
      rgb[to + c] = (sum + 2) >> 2;
    }
  }
}
