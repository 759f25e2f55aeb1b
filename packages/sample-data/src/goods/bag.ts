import { BRANDS } from '../catalog/kinds.ts';
import { emblem } from '../label/emblem.ts';
import { letters } from '../label/lettering.ts';
import { type Mesh, mix, root, type Vec3 } from '../mesh/mesh.ts';
import { roundedRing } from '../mesh/rounded-ring.ts';
import { blob, tube } from '../mesh/shapes.ts';
import { surface } from '../mesh/surface.ts';
import { type Blank, BRASS, CLOTH, cloth, detailMark, LEATHER, type Look, STEEL, seam } from './good.ts';

/** Tote, satchel or backpack. */
export function buildBag(look: Look): Blank[] {
  if (look.spec.style === 0) return tote(look);
  return look.spec.style === 1 ? satchel(look) : backpack(look);
}

type Shape = { wide: number; deep: number; top: number; taper: number; corner: number; closed: boolean };

/** A bag's body: a rounded rectangle that tapers upwards. Texture: u round it, front's middle at .5. */
function body(how: Shape): Mesh {
  const ring = roundedRing(how.wide, how.deep, how.corner);
  return surface(
    (u, v) => {
      const [x, y] = ring.at(u);
      const shut = how.closed ? Math.min(1, root(v * 7, 0.5)) : 1;
      const foot = mix(1, Math.min(1, root((1 - v) * 14, 0.5) * 0.9 + 0.1), 0.16);
      const belly = 1 + 0.1 * Math.sin(Math.PI * v);
      return [
        x * mix(how.taper, 1, v) * foot * mix(1, shut, 0.2),
        y * belly * shut * foot,
        how.top * (1 - v),
      ];
    },
    { nu: 120, nv: 40, flip: true },
  );
}

/** Width of the texture on the bag over its height. */
const stretchOf = (wide: number, deep: number, corner: number, top: number): number =>
  roundedRing(wide, deep, corner).length / top;

const handle = (wide: number, y: number, from: number, rise: number, r: number): Mesh =>
  tube(
    (t): Vec3 => [wide * Math.cos(Math.PI * (1 - t)), y, from + rise * root(Math.sin(Math.PI * t), 0.7)],
    () => r,
    { nu: 12, nv: 48 },
  );

function skinOf(look: Look): Blank['skin'] {
  return look.spec.shape[3] > 0.45
    ? { ...LEATHER, repeat: [14, 8], rough: mix(0.25, 0.5, look.spec.shape[2]) }
    : { ...CLOTH, repeat: [24, 12] };
}

function tote(look: Look): Blank[] {
  const { spec, ink } = look;
  const [a, b, c] = spec.shape;
  const [wide, top] = [mix(0.36, 0.46, a), mix(0.5, 0.68, b)];
  const stretch = stretchOf(wide, 0.17, 0.08, top);
  const brand = BRANDS[spec.brand] ?? BRANDS[0];
  const print = [
    `<g transform="translate(500 0) scale(${1 / stretch} 1)">${letters(brand.name, { face: brand.face, x: 0, y: 640, size: 190, within: 850, fill: ink.accent, anchor: 'middle' })}</g>`,
    `<rect y="600" width="1000" height="400" fill="${ink.second}"/>${seam('M0 600H1000', ink, 5)}`,
    emblem(6 + (spec.emblem % 6), { x: 500, y: 600, size: 190, stretch, colour: ink.accent }),
  ][spec.emblem % 3];
  const straps = [0.19, -0.19].map((y) => ({
    mesh: handle(mix(0.14, 0.2, c), y * 0.75, top - 0.06, mix(0.24, 0.4, c), 0.017),
    skin: { ...LEATHER, colour: ink.linear('second', -0.04) },
  }));
  return [
    {
      mesh: body({ wide, deep: 0.17, top, taper: mix(1.02, 1.2, c), corner: 0.08, closed: false }),
      skin: { ...skinOf(look), lining: ink.linear('second', -0.15), detail: [[0.585, 0.12, 0.665, 0.36]] },
      art: `${cloth(look, [0.45, 1.2])}${print}<rect width="1000" height="70" fill="${ink.tone('main', -0.06)}"/>${seam('M0 75H1000', ink, 5)}${detailMark(look, { x: 625, y: 240, size: 88, stretch })}`,
    },
    ...straps,
  ];
}

function satchel(look: Look): Blank[] {
  const { spec, ink } = look;
  const [a, b, c] = spec.shape;
  const [wide, top] = [mix(0.36, 0.44, a), mix(0.46, 0.58, b)];
  const flap = surface(
    (u, v) => {
      const x = mix(-1, 1, u) * wide * 1.03;
      const round = 1 - mix(0.05, 0.3, c) * Math.abs(2 * u - 1) ** 4;
      const t = v * round;
      return t < 0.3
        ? [x, mix(0.13, -0.17, t / 0.3), top + 0.012 + 0.02 * Math.sin((Math.PI * t) / 0.3)]
        : [
            x,
            -0.172 - 0.012 * Math.sin(t * 4),
            mix(top + 0.01, top * mix(0.3, 0.5, spec.shape[3]), (t - 0.3) / 0.7),
          ];
    },
    { nu: 40, nv: 40, flip: true },
  );
  const metal = spec.emblem % 2 ? BRASS : STEEL;
  const straps = spec.emblem % 3 === 0 ? [0] : [-0.5, 0.5];
  const flapColour = spec.emblem % 4 > 1 ? ink.second : ink.main;
  return [
    {
      mesh: body({ wide, deep: 0.15, top, taper: 0.99, corner: 0.05, closed: true }),
      skin: { ...skinOf(look), lining: ink.linear('second', -0.2) },
      art: `${cloth(look, [0.45, 1.2])}${seam('M0 940H1000', ink, 5)}`,
    },
    {
      mesh: flap,
      skin: {
        ...skinOf(look),
        repeat: [8, 6],
        lining: ink.linear('main', -0.1),
        detail: [[0.4, 0.55, 0.6, 0.8]],
      },
      art: `<rect width="1000" height="1000" fill="${flapColour}"/>${seam('M40 0V930Q500 990 960 930V0', ink, 6)}${detailMark(look, { x: 500, y: 675, size: 80, stretch: 1.3, ground: flapColour })}`,
    },
    ...straps.flatMap((x): Blank[] => [
      {
        mesh: tube(
          (t): Vec3 => [x * wide, -0.185, mix(top * 0.62, top * 0.2, t)],
          () => 0.022,
          { nu: 10, nv: 12, flat: 0.35 },
        ),
        skin: { ...LEATHER, colour: ink.linear('second', -0.08) },
      },
      {
        mesh: tube(
          (t): Vec3 => [x * wide + 0.036 * Math.cos(t * 6.3), -0.205, top * 0.36 + 0.03 * Math.sin(t * 6.3)],
          () => 0.007,
          { nu: 8, nv: 28 },
        ),
        skin: metal,
      },
    ]),
    {
      mesh: handle(0.13, 0, top + 0.02, 0.13, 0.018),
      skin: { ...LEATHER, colour: ink.linear('second', -0.08) },
    },
    {
      mesh: tube(
        (t): Vec3 => [
          mix(-1, 1, t) * (wide + 0.01 + 0.07 * Math.sin(t * Math.PI)),
          0.1,
          top * 0.75 + 0.42 * Math.sin(Math.PI * t),
        ],
        () => 0.014,
        { nu: 10, nv: 60 },
      ),
      skin: { ...LEATHER, colour: ink.linear('second', -0.08) },
    },
  ];
}

function backpack(look: Look): Blank[] {
  const { spec, ink } = look;
  const [a, b, c] = spec.shape;
  const [wide, top] = [mix(0.27, 0.33, a), mix(0.78, 0.92, b)];
  const pocketTop = mix(0.36, 0.46, c);
  const zip = (y: number): string =>
    `<path d="M0 ${y}H1000" stroke="#26262a" stroke-width="34"/><path d="M0 ${y}H1000" stroke="#c7c2b4" stroke-width="9" stroke-dasharray="7 6"/>`;
  const pocketColour = spec.emblem % 2 ? ink.second : ink.main;
  return [
    {
      mesh: surface((u, v) => dome(u, v, { wide, deep: 0.17, top }), { nu: 80, nv: 44, flip: true }),
      skin: skinOf(look),
      art: `${cloth(look, [0.45, 0.8])}${zip(330)}<rect y="880" width="1000" height="120" fill="${ink.tone('second', -0.08)}"/>${seam('M0 875H1000', ink, 5)}`,
    },
    {
      mesh: surface(
        (u, v) => {
          const [x, y, z] = dome(u, v, { wide: wide * 0.78, deep: 0.1, top: pocketTop });
          return [x, y - 0.13, z + 0.03];
        },
        { nu: 60, nv: 30, flip: true },
      ),
      skin: { ...skinOf(look), repeat: [16, 6], detail: [[0.43, 0.42, 0.57, 0.82]] },
      art: `<rect width="1000" height="1000" fill="${pocketColour}"/>${zip(300)}${detailMark(look, { x: 500, y: 620, size: 150, stretch: 2.6, ground: pocketColour })}`,
    },
    ...[-0.14, 0.14].map(
      (x): Blank => ({
        mesh: tube(
          (t): Vec3 => [x * (1 + 0.25 * t), 0.16 + 0.16 * Math.sin(Math.PI * t), mix(top * 0.93, 0.1, t)],
          () => 0.032,
          { nu: 10, nv: 40, flat: 0.5 },
        ),
        skin: { ...CLOTH, colour: ink.linear('second', -0.05) },
      }),
    ),
    { mesh: handle(0.07, 0.1, top - 0.03, 0.1, 0.015), skin: { ...CLOTH, colour: ink.linear('accent') } },
    { mesh: blob([wide * 0.55, -0.19, top * 0.67], [0.014, 0.01, 0.035]), skin: STEEL },
  ];
}

function dome(u: number, v: number, how: { wide: number; deep: number; top: number }): Vec3 {
  const [x, y] = roundedRing(how.wide, how.deep, how.deep * 0.75).at(u);
  const r = v < 0.35 ? root(Math.sin((Math.PI / 2) * (v / 0.35)), 0.7) : 1;
  const foot = Math.min(1, 0.82 + (1 - v) * 2);
  const z =
    v < 0.35
      ? how.top * (1 - 0.2 * (1 - Math.cos((Math.PI / 2) * (v / 0.35))))
      : how.top * 0.8 * (1 - (v - 0.35) / 0.65);
  return [x * r * foot, y * r * foot, z];
}
