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
  /** Length of each straight and each corner. */
  const lengths = [sx, arc, 2 * sy, arc, 2 * sx, arc, 2 * sy, arc, sx];
  const at = (t: number): [number, number] => {
    let d = (((t % 1) + 1) % 1) * length;
    let piece = 0;
    while (piece < 8 && d > (lengths[piece] as number)) {
      d -= lengths[piece] as number;
      piece++;
    }
    switch (piece) {
      case 0:
        return [-d, hy];
      case 1:
        return corner(-sx, sy, Math.PI / 2, d);
      case 2:
        return [-hx, sy - d];
      case 3:
        return corner(-sx, -sy, Math.PI, d);
      case 4:
        return [-sx + d, -hy];
      case 5:
        return corner(sx, -sy, 1.5 * Math.PI, d);
      case 6:
        return [hx, -sy + d];
      case 7:
        return corner(sx, sy, 0, d);
      default:
        return [sx - d, hy];
    }
  };
  return { length, at };
}
