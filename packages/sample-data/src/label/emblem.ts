/** Marks that brands and siblings carry: the first six are the forms of a sibling's detail (0 = none). */
const MARKS: ((c: string, ground: string) => string)[] = [
  () => '',
  (c, g) => `<circle r="1" fill="${c}"/><circle r=".52" fill="${g}"/><circle r=".26" fill="${c}"/>`,
  (c) => `<path d="${star(5, 1, 0.42)}" fill="${c}"/>`,
  (c) => `<path d="M-1-.75H1V-.2H-1ZM-1 .2H1V.75H-1Z" fill="${c}"/>`,
  (c) => `<circle r=".78" fill="none" stroke="${c}" stroke-width=".4"/>`,
  (c) => `<path d="M-.95-.85L1.05 0L-.95.85Z" fill="${c}"/>`,
  (c) => `<path d="M-1 .6Q-.2-1.2 1-.7Q.1-.5-.3.9Z" fill="${c}"/>`,
  (c) => `<path d="M0-1L1 0L0 1L-1 0Z" fill="${c}"/>`,
  (c) => `<path d="${star(8, 1, 0.72)}" fill="${c}"/>`,
  (c) => `<path d="M-1 .8L-.35-.8L0 .1L.35-.8L1 .8H.55L.3.1L0 .8L-.3.1L-.55.8Z" fill="${c}"/>`,
  (c) => `<path d="M0 .95C-1.5-.1-.7-1.1 0-.45C.7-1.1 1.5-.1 0 .95Z" fill="${c}"/>`,
  (c) =>
    `<path d="M-1 .5Q-.5-.9 0 .1Q.5-.9 1 .5" fill="none" stroke="${c}" stroke-width=".42" stroke-linecap="round"/>`,
];

function star(points: number, outer: number, inner: number): string {
  const corners = Array.from({ length: points * 2 }, (_, i) => {
    const [r, a] = [i % 2 ? inner : outer, (i * Math.PI) / points - Math.PI / 2];
    return `${(Math.cos(a) * r).toFixed(3)} ${(Math.sin(a) * r).toFixed(3)}`;
  });
  return `M${corners.join('L')}Z`;
}

export type Stamp = {
  x: number;
  y: number;
  size: number;
  stretch?: number;
  turn?: number;
  colour: string;
  ground?: string;
};

/** One of twelve marks. `stretch` makes up for a texture that is wider than high on the good (width / height of u : v). */
export function emblem(which: number, stamp: Stamp): string {
  const { x, y, size, stretch = 1, turn = 0, colour, ground = '#f7f3ea' } = stamp;
  const mark = MARKS[which % MARKS.length]?.(colour, ground) ?? '';
  return `<g transform="translate(${x} ${y}) scale(${size / stretch} ${size}) rotate(${turn})">${mark}</g>`;
}
