import { curve, type Mesh, mix, root, smooth, type Vec3 } from '../mesh/mesh.ts';
import { tube } from '../mesh/shapes.ts';
import { surface } from '../mesh/surface.ts';

/** A garment round a body: heights in units of the good (1 = its height). v runs from the neck (0) to the hem (1). */
export type TorsoShape = {
  top: number;
  hem: number;
  /** Half widths at neck, shoulder, chest, waist, hem. */
  widths: readonly [number, number, number, number, number];
  depth: number;
  /** Where the waist is, as a share of the length. */
  waistAt: number;
  /** How far the neck drops in front. */
  dip: number;
  /** Folds at the hem: count and depth. */
  folds: number;
  fold: number;
  phase: number;
};
const TURN = Math.PI * 2;
const SHOULDER = 0.1;

/** Texture: u round the body with the front's middle at .5, v neck → hem. */
export function torsoMesh(shape: TorsoShape): Mesh {
  return surface((u, v) => torsoPoint(shape, u, v), { nu: 72, nv: 56, flip: true });
}

export function torsoPoint(shape: TorsoShape, u: number, v: number): Vec3 {
  const [neck, shoulder, chest, waist, hem] = shape.widths;
  const angle = Math.PI / 2 + u * TURN;
  const length = shape.top - shape.hem;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const wide = curve(
    [
      [0, neck],
      [SHOULDER * 0.5, mix(neck, shoulder, 0.55)],
      [SHOULDER, shoulder],
      [shape.waistAt * 0.55, chest],
      [shape.waistAt, waist],
      [1, hem],
    ],
    v,
  );
  const deep = curve(
    [
      [0, neck * 0.9],
      [SHOULDER, shape.depth * 0.75],
      [shape.waistAt * 0.5, shape.depth],
      [shape.waistAt, shape.depth * 0.92],
      [1, shape.depth * (hem / Math.max(waist, 0.01)) * 0.95],
    ],
    v,
  );
  const folded =
    1 +
    shape.fold * smooth(shape.waistAt * 0.8, 1, v) * Math.sin(shape.folds * angle + shape.phase) +
    0.012 * Math.sin(7 * angle + v * 9 + shape.phase) * smooth(0.1, 0.5, v);
  const square = 0.86;
  const front = Math.max(0, -s);
  const slope = 0.3 * shape.widths[1];
  const down =
    v < SHOULDER
      ? slope * root(v / SHOULDER, 1.25)
      : slope + (length - slope) * ((v - SHOULDER) / (1 - SHOULDER));
  return [
    Math.sign(c) * Math.abs(c) ** square * wide * folded,
    Math.sign(s) * Math.abs(s) ** square * deep * folded,
    shape.top - down - shape.dip * front ** 2 * (1 - smooth(0, SHOULDER * 1.6, v)),
  ];
}

/**
 * A sleeve: `length` along the arm, hanging `out` from the body (sine of the angle). Its upper edge starts on the
 * shoulder's line and its open end lies inside the body, so that cloth runs on without a step. side 1 = the picture's right.
 */
export function sleeveMesh(
  side: 1 | -1,
  how: { shape: TorsoShape; length: number; out: number; wide: number; cuff: number; bend: number },
): Mesh {
  const { shape, length, out, wide, cuff, bend } = how;
  const down = Math.sqrt(Math.max(0.05, 1 - out * out));
  const [x, , z] = torsoPoint(shape, 0.75, SHOULDER);
  const from: Vec3 = [x * 0.985 - wide * down, 0, z - wide * out * 0.97];
  const path = (t: number): Vec3 => [
    side * (from[0] + out * length * (t - 0.25 * bend * t * t)),
    from[1] - 0.1 * bend * t * t * length,
    from[2] - length * down * t,
  ];
  return tube(
    path,
    (t) => mix(wide, cuff, smooth(0, 1, t)) * (1 + 0.035 * Math.sin(t * 19 + side) * smooth(0.15, 0.5, t)),
    { nu: 28, nv: 36 },
  );
}

/** Half of a pair of trousers is a leg; both join below the hips, whose section is pinched to two rings at the crotch. */
export function hipsMesh(how: {
  top: number;
  crotch: number;
  waist: number;
  hip: number;
  depth: number;
}): Mesh {
  return surface(
    (u, v) => {
      const angle = Math.PI / 2 + u * TURN;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const wide = curve(
        [
          [0, how.waist],
          [0.35, mix(how.waist, how.hip, 0.8)],
          [1, how.hip],
        ],
        v,
      );
      const pinch = smooth(0.35, 1, v);
      const lobe = Math.sqrt(Math.max(0, 1 - (2 * Math.abs(c) - 1) ** 2));
      const deep = how.depth * mix(0.86, 1, smooth(0, 0.5, v));
      return [
        c * wide,
        Math.sign(s) * deep * mix(Math.abs(s) ** 0.9, lobe, pinch),
        mix(how.top, how.crotch, v),
      ];
    },
    { nu: 80, nv: 20, flip: true },
  );
}

export function legMesh(
  side: 1 | -1,
  how: {
    from: number;
    to: number;
    hip: number;
    depth: number;
    knee: number;
    ankle: number;
    spread: number;
    crease: number;
  },
): Mesh {
  return surface(
    (u, v) => {
      const angle = Math.PI / 2 + u * TURN;
      const wide = curve(
        [
          [0, how.hip / 2],
          [0.12, how.hip / 2],
          [0.5, how.knee],
          [1, how.ankle],
        ],
        v,
      );
      const deep = curve(
        [
          [0, how.depth],
          [0.12, how.depth],
          [0.5, how.knee * 1.05],
          [1, how.ankle * 1.1],
        ],
        v,
      );
      const fold =
        1 +
        0.02 * Math.sin(5 * angle + v * 11) * smooth(0.05, 0.3, v) +
        how.crease * Math.max(0, -Math.sin(angle)) ** 12;
      return [
        side * (how.hip / 2 + how.spread * v) + Math.cos(angle) * wide * fold,
        Math.sin(angle) * deep * fold,
        mix(how.from, how.to, v),
      ];
    },
    { nu: 44, nv: 36, flip: true, uv: (u, v) => [u, 0.3 + 0.7 * v] },
  );
}
