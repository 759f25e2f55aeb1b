/**
 * Rectangle with round corners as a ring walked at even speed: t = 0 in the middle of the back (+y), on to the left,
 * .5 in the middle of the front, so that what is printed on it keeps its proportions. Half sizes hx, hy; corner radius r.
 */
export function roundedRing(
  hx: number,
  hy: number,
  r: number,
): { length: number; at: (t: number) => [number, number] } {
  const [sx, sy, arc] = [hx - r, hy - r, (Math.PI * r) / 2];
  const length = 4 * sx + 4 * sy + 4 * arc;
  const corner = (cx: number, cy: number, from: number, along: number): [number, number] => {
    const a = from + along / Math.max(r, 1e-9);
    return [cx + r * Math.cos(a), cy + r * Math.sin(a)];
  };
  const at = (t: number): [number, number] => {
    let d = (((t % 1) + 1) % 1) * length;
    const pieces: [number, (d: number) => [number, number]][] = [
      [sx, (k) => [-k, hy]],
      [arc, (k) => corner(-sx, sy, Math.PI / 2, k)],
      [2 * sy, (k) => [-hx, sy - k]],
      [arc, (k) => corner(-sx, -sy, Math.PI, k)],
      [2 * sx, (k) => [-sx + k, -hy]],
      [arc, (k) => corner(sx, -sy, 1.5 * Math.PI, k)],
      [2 * sy, (k) => [hx, -sy + k]],
      [arc, (k) => corner(sx, sy, 0, k)],
      [sx, (k) => [sx - k, hy]],
    ];
    for (const [size, point] of pieces) {
      if (d <= size) return point(d);
      d -= size;
    }
    return [0, hy];
  };
  return { length, at };
}
