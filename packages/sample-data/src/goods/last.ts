import { curve, type Mesh, mix, smooth, type Vec3 } from '../mesh/mesh.ts';
import { surface } from '../mesh/surface.ts';

/** Shape of a foot's last: half width, height of the ridge, underside, by share s of the length (0 heel … 1 toe). */
export type Last = {
  width: (s: number) => number;
  ridge: (s: number) => number;
  /** Top of the sole. */
  floor: (s: number) => number;
  /** Half angle of the opening over the foot, radians; 0 = closed. */
  opening: (s: number) => number;
};
type Knots = readonly (readonly [number, number])[];
export const along = (knots: Knots) => (s: number) => curve(knots, s);

/** Half width of a foot seen from above. `pointed` 0 round toe … 1 pointed. */
export const footWidth = (pointed: number, girth: number): Knots => [
  [0, 0],
  [0.012, 0.05 * girth],
  [0.05, 0.1 * girth],
  [0.14, 0.128 * girth],
  [0.35, 0.118 * girth],
  [0.55, 0.135 * girth],
  [0.72, 0.15 * girth],
  [0.86, mix(0.135, 0.1, pointed) * girth],
  [0.95, mix(0.095, 0.05, pointed) * girth],
  [0.988, mix(0.045, 0.02, pointed) * girth],
  [1, 0],
];

/** Foot along x from −.5 (heel) to .5 (toe): s is eased, so that ends are round. */
export const eased = (t: number): number => (1 - Math.cos(Math.PI * Math.min(1, Math.max(0, t)))) / 2;

/** A point of the upper: angle from the ridge, −π/2 far side … π/2 near side. */
export function onUpper(last: Last, s: number, angle: number): Vec3 {
  const [c, k] = [Math.cos(angle), Math.sin(angle)];
  const square = mix(0.72, 0.95, smooth(0.1, 0.75, s));
  return [
    s - 0.5,
    -last.width(s) * Math.sign(k) * Math.abs(k) ** square,
    last.floor(s) + last.ridge(s) * Math.max(0, c) ** mix(0.55, 0.8, smooth(0.2, 0.9, s)),
  ];
}

/** Both halves of an upper, from the opening's edge down to the sole. Texture: u heel → toe, v far side 0 … ridge .5 … near side 1. */
export function upperMeshes(last: Last): [Mesh, Mesh] {
  const half = (side: 1 | -1): Mesh =>
    surface(
      (u, v) => {
        const s = eased(u);
        const edge = last.opening(s);
        return onUpper(last, s, side * mix(edge, Math.PI / 2, side > 0 ? v : 1 - v));
      },
      {
        nu: 64,
        nv: 26,
        flip: true,
        uv: (u, v) => {
          const s = eased(u);
          const angle = mix(last.opening(s), Math.PI / 2, side > 0 ? v : 1 - v);
          return [s, 0.5 + (side * angle) / Math.PI];
        },
      },
    );
  return [half(1), half(-1)];
}

/** The edge of a sole: `out` how far it stands out beyond the foot, from `top(s)` down to `bottom(s)`. */
export function soleMesh(
  last: Last,
  how: { out: number; top: (s: number) => number; bottom: (s: number) => number },
): [Mesh, Mesh] {
  const ring = (u: number, v: number): Vec3 => {
    const near = u < 0.5;
    const t = near ? u * 2 : 2 - u * 2;
    const s = eased(t);
    const bulge = 1 + how.out * (0.7 + 0.5 * Math.sin(Math.PI * v));
    const stretch = (s - 0.5) * (1 + how.out * 0.35);
    return [stretch, (near ? -1 : 1) * last.width(s) * bulge, mix(how.top(s), how.bottom(s), v)];
  };
  const top = surface(
    (u, v) => {
      const s = eased(u);
      return [
        (s - 0.5) * (1 + how.out * 0.35),
        mix(1, -1, v) * last.width(s) * (1 + how.out * 0.7),
        how.top(s),
      ];
    },
    { nu: 40, nv: 4, flip: true },
  );
  return [surface(ring, { nu: 110, nv: 10, flip: true }), top];
}
