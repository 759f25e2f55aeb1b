import { boxArt, flavourBox, labelArt } from '../label/label-art.ts';
import { curve, type Mesh, mix, root, type Vec3 } from '../mesh/mesh.ts';
import { roundedRing } from '../mesh/rounded-ring.ts';
import { blob, disc, lathe, tube } from '../mesh/shapes.ts';
import { surface } from '../mesh/surface.ts';
import { type Blank, type Look, PLASTIC, STEEL } from './good.ts';

/** A folding box: four faces and a lid, rounded edges. Texture: front's middle at u = .5. */
export function buildCarton(look: Look): Blank[] {
  const [a, b, c] = look.spec.shape;
  const half: Vec3 = [mix(0.2, 0.32, a), mix(0.08, 0.17, c), mix(0.3, 0.46, b)];
  const ring = roundedRing(half[0], half[1], 0.012);
  const share = (2 * half[0]) / ring.length;
  const skin = {
    weave: 'paper' as const,
    repeat: [2, 2] as const,
    depth: 0.03,
    grime: 0.06,
    rough: 0.5,
    gloss: 0.04,
    detail: [[0.5 - share / 2, 0.57, 0.5 + share / 2, 0.73]] as const,
  };
  const wall = surface(
    (u, v) => {
      const [x, y] = ring.at(u);
      return [x, y, 2 * half[2] * (1 - v)];
    },
    { nu: 140, nv: 24, flip: true },
  );
  const lid = surface(
    (u, v) => {
      const [x, y] = ring.at(u);
      return [x * v, y * v, 2 * half[2] + 0.004 * (1 - v)];
    },
    { nu: 80, nv: 3, flip: true, uv: (u) => [u, 0.003] },
  );
  const art = boxArt(look, { share, aspect: half[0] / half[2] });
  return [
    { mesh: wall, skin, art },
    { mesh: lid, skin: { ...skin, detail: [] }, art },
  ];
}

/** A bottle with its label round the belly: plastics or glass, the liquid shows through as colour. */
export function buildBottle(look: Look): Blank[] {
  const { spec, ink } = look;
  const [a, b, c, d] = spec.shape;
  const belly = mix(0.13, 0.19, a);
  const shoulder = mix(0.26, 0.42, b);
  const neck = mix(0.045, 0.06, c);
  const waist = spec.style === 0 ? belly * mix(0.86, 1, d) : belly;
  const outline = [
    [0, neck],
    [0.08, neck],
    [shoulder * 0.55, mix(neck, belly, 0.3)],
    [shoulder, belly],
    [0.55, waist],
    [0.8, belly],
    [0.96, belly],
    [0.99, belly * 0.9],
    [1, 0],
  ] as const;
  const glass = lathe(outline, (v) => 0.95 * (1 - v), { nu: 72, nv: 70 });
  const [from, to] = [Math.min(0.9, shoulder + 0.05), 0.88];
  const label = lathe(
    // Paper follows the glass.
    Array.from({ length: 13 }, (_, i) => [i / 12, curve(outline, mix(from, to, i / 12)) + 0.0025] as const),
    (v) => 0.95 * (1 - mix(from, to, v)),
    { nu: 72, nv: 20 },
  );
  const aspect = (2 * Math.PI * belly) / (0.95 * (to - from));
  const cap = lathe(
    [
      [0, 0],
      [0.05, neck * 1.15],
      [0.15, neck * 1.25],
      [1, neck * 1.25],
    ],
    (v) => 1.0 - 0.075 * v,
    { nu: 40, nv: 16 },
  );
  const liquid = spec.style === 2 ? ([0.03, 0.012, 0.008] as const) : ink.linear('main', -0.04);
  return [
    { mesh: glass, skin: { ...PLASTIC, rough: 0.12, gloss: 0.07, colour: liquid } },
    {
      mesh: label,
      skin: {
        weave: 'paper',
        repeat: [4, 1],
        depth: 0.02,
        rough: 0.5,
        gloss: 0.035,
        detail: [flavourBox({ aspect })],
      },
      art: labelArt(look, { aspect }),
    },
    {
      mesh: cap,
      skin: { ...PLASTIC, weave: 'rib', repeat: [6, 1], depth: 0.2, colour: ink.linear('accent') },
    },
  ];
}

/** A can of steel or aluminium: rims bare, the rest printed. */
export function buildCan(look: Look): Blank[] {
  const [a, b] = look.spec.shape;
  const slim = look.spec.style === 0;
  const r = slim ? mix(0.2, 0.24, a) : mix(0.28, 0.36, a);
  const height = slim ? mix(0.72, 0.95, b) : mix(0.5, 0.72, b);
  const neck = slim ? 0.84 : 0.985;
  const aspect = (2 * Math.PI * r) / (height - 0.04);
  const wall = lathe(
    [
      [0, r * neck],
      [0.06, r],
      [0.5, r],
      [0.95, r],
      [1, r * (slim ? 0.8 : 0.985)],
    ],
    (v) => mix(height - 0.02, 0.02, v),
    { nu: 80, nv: 30 },
  );
  const rim = (z: number, radius: number): Mesh =>
    tube(
      (t): Vec3 => [Math.cos(t * Math.PI * 2) * radius, Math.sin(t * Math.PI * 2) * radius, z],
      () => 0.012,
      { nu: 10, nv: 72 },
    );
  const lid = disc(r * neck, height - 0.03);
  const tab = blob([0, -r * 0.25, height - 0.02], [r * 0.2, r * 0.34, 0.008], 0.7);
  return [
    {
      mesh: wall,
      skin: { rough: slim ? 0.28 : 0.45, gloss: slim ? 0.12 : 0.05, detail: [flavourBox({ aspect })] },
      art: labelArt(look, { aspect }),
    },
    { mesh: lid, skin: { ...STEEL, rough: 0.35 } },
    { mesh: rim(height - 0.014, r * neck), skin: STEEL },
    { mesh: rim(0.014, r * (slim ? 0.82 : 0.99)), skin: STEEL },
    ...(slim ? [{ mesh: tab, skin: STEEL }] : []),
  ];
}

/** Where a pouch's film lies from left (−1) to right (1); u = .5 is the middle of its front. */
function across(u: number): number {
  const c = Math.cos(Math.PI / 2 + u * Math.PI * 2);
  return Math.sign(c) * Math.abs(c) ** 0.7;
}

/** Print keeps its proportions: texture goes with the place on the film, not with the angle. */
function evenly(u: number): number {
  const x = across(u);
  if (u >= 0.25 && u <= 0.75) return 0.5 + x / 4;
  return u < 0.25 ? Math.abs(x) / 4 : 1 - Math.abs(x) / 4;
}

/** A pillow of film, crimped above and below. */
export function buildPouch(look: Look): Blank[] {
  const [a, b, c, d] = look.spec.shape;
  const [wide, high, deep] = [mix(0.27, 0.36, a), mix(0.7, 0.95, b), mix(0.09, 0.17, c)];
  const crimp = 0.055;
  const aspect = (4 * wide) / high;
  const mesh = surface(
    (u, v) => {
      const angle = Math.PI / 2 + u * Math.PI * 2;
      const inner = Math.min(1, Math.max(0, (v - crimp) / (1 - 2 * crimp)));
      const swell = root(Math.sin(Math.PI * inner), 0.55);
      const crease =
        1 + 0.09 * Math.sin(angle * 9 + d * 9) * (1 - swell) + 0.02 * Math.sin(angle * 4 + v * 13 + d * 5);
      const zigzag = v < crimp || v > 1 - crimp ? 0.004 * Math.sin(u * 400) : 0;
      const flat = across(u);
      return [
        flat * wide * (1 - 0.06 * swell),
        Math.sin(angle) * (0.006 + deep * swell) * crease + zigzag,
        high * (1 - v),
      ];
    },
    { nu: 110, nv: 60, flip: true, uv: (u, v) => [evenly(u), v] },
  );
  return [
    {
      mesh,
      skin: { rough: 0.3, gloss: 0.07, detail: [flavourBox({ aspect })] },
      art: labelArt(look, { aspect }),
    },
  ];
}
