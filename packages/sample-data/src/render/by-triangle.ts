import { kept } from './kept.ts';

/** Places (pixels or samples) in the order of the triangle that they see: those of t lie at `starts[t]` … `starts[t + 1]`. */
export type ByTriangle = { starts: Int32Array; order: Int32Array };

/** A sorter with room of its own: a counting sort of places by triangle; places with a negative number are left out. */
export function triangleSorter(): (triangle: Int32Array, triangles: number) => ByTriangle {
  const [startsRoom, orderRoom] = [kept(Int32Array), kept(Int32Array)];
  return (triangle, triangles) => {
    const starts = startsRoom(triangles + 2).fill(0);
    for (let at = 0; at < triangle.length; at++) {
      const t = triangle[at] as number;
      if (t >= 0) starts[t + 2] = (starts[t + 2] as number) + 1;
    }
    for (let t = 2; t < starts.length; t++) starts[t] = (starts[t] as number) + (starts[t - 1] as number);
    const order = orderRoom(starts[triangles + 1] as number);
    for (let at = 0; at < triangle.length; at++) {
      const t = triangle[at] as number;
      if (t < 0) continue;
      const to = starts[t + 1] as number;
      order[to] = at;
      starts[t + 1] = to + 1;
    }
    return { starts, order };
  };
}
