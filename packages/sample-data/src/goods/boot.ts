import { mix, smooth, type Vec3 } from '../mesh/mesh.ts';
import { blob, tube } from '../mesh/shapes.ts';
import { surface } from '../mesh/surface.ts';
import {
  type Blank,
  BRASS,
  CLOTH,
  cloth,
  detailMark,
  LEATHER,
  type Look,
  RUBBER,
  SUEDE,
  seam,
} from './good.ts';
import { along, footWidth, type Last, soleMesh, upperMeshes } from './last.ts';

/** Ankle, Chelsea or heeled boot, toe to the right: a closed foot and a shaft that leaves it at the ankle. */
export function buildBoot(look: Look): Blank[] {
  const { spec, ink } = look;
  const [a, b, c, d] = spec.shape;
  const heel = spec.style === 2 ? mix(0.14, 0.24, a) : mix(0.03, 0.07, a);
  const thick = spec.style === 0 ? mix(0.05, 0.08, b) : 0.022;
  const under = along([
    [0, heel],
    [0.2, heel * 0.97],
    [0.45, heel * 0.45],
    [0.66, 0.004],
    [0.85, 0.006],
    [1, 0.03],
  ]);
  const top = (s: number): number => under(s) + thick;
  const last: Last = {
    width: along(footWidth(spec.style === 2 ? mix(0.4, 1, c) : mix(0, 0.7, c), 0.92)),
    ridge: along([
      [0, 0.12],
      [0.06, 0.17],
      [0.2, 0.26],
      [0.38, 0.29],
      [0.52, 0.235],
      [0.64, 0.175],
      [0.8, 0.12],
      [0.92, 0.09],
      [1, 0.03],
    ]),
    floor: (s) => top(s) - 0.008,
    opening: () => 0,
  };
  const [near, far] = upperMeshes(last);
  const [edge] = soleMesh(last, { out: 0.06, top, bottom: under });
  const leather = {
    ...(d > 0.6 ? SUEDE : LEATHER),
    lining: ink.linear('second', -0.15),
    rough: d > 0.6 ? 0.95 : mix(0.28, 0.5, d),
  };
  const foot = `${cloth(look)}${toeArt(look)}<g transform="translate(0 1000) scale(1 -1)">${toeArt(look)}</g>`;
  const height = mix(0.62, spec.style === 1 ? 0.68 : 0.92, b) + heel * 0.5;
  const shaft = shaftMesh(height, top(0.2) + 0.12);
  return [
    { mesh: near, skin: leather, art: foot },
    { mesh: far, skin: leather, art: foot },
    {
      mesh: shaft,
      skin: {
        ...leather,
        repeat: [5, 5],
        detail: MARKS_AT[spec.style === 1 ? 'beside' : 'middle'].map(
          (x) => [x / 1000 - 0.075, 0.17, x / 1000 + 0.075, 0.47] as const,
        ),
      },
      art: shaftArt(look),
    },
    {
      mesh: edge,
      skin: { ...RUBBER, colour: spec.style === 0 ? ink.linear('second', -0.1) : [0.05, 0.035, 0.025] },
    },
    {
      mesh: heelBlock(heel + thick, spec.style === 2 ? mix(0.35, 0.8, c) : 1),
      skin: { ...RUBBER, colour: spec.style === 0 ? ink.linear('second', -0.1) : [0.05, 0.035, 0.025] },
    },
    ...fittings(look, last, height),
  ];
}

const AXIS = -0.3;
/** Where the sibling's mark is stamped, on both sides of the shaft; beside the elastic of a Chelsea boot. */
const MARKS_AT = { middle: [500, 0, 1000], beside: [628, 128] } as const;
function shaftMesh(height: number, from: number) {
  return surface(
    (u, v) => {
      const angle = Math.PI / 2 + u * Math.PI * 2;
      const z = mix(height, from, v);
      const flare = mix(0.165, 0.158, smooth(0, 0.5, v)) + 0.03 * smooth(0.6, 1, v);
      return [
        AXIS + 0.045 * smooth(0.5, 1, v) + Math.cos(angle) * flare,
        Math.sin(angle) * (0.112 + 0.008 * Math.cos(v * 3)),
        z + 0.015 * Math.cos(angle),
      ];
    },
    { nu: 56, nv: 26, flip: true },
  );
}

function shaftArt(look: Look): string {
  const { spec, ink } = look;
  const gore = (x: number): string =>
    `<path d="M${x - 62} 0H${x + 62}L${x + 40} 760H${x - 40}Z" fill="${ink.tone('second', -0.08)}"/>${Array.from({ length: 12 }, (_, i) => `<path d="M${x - 58 + i * 10.5} 0V740" stroke="#000" stroke-opacity=".25" stroke-width="3"/>`).join('')}`;
  const zip = (x: number): string =>
    `<rect x="${x - 9}" width="18" height="900" fill="#2b2b2e"/><path d="M${x} 0V900" stroke="#c9c2ae" stroke-width="9" stroke-dasharray="6 5"/>`;
  const marks = MARKS_AT[spec.style === 1 ? 'beside' : 'middle']
    .map((x) => detailMark(look, { x, y: 320, size: 95, stretch: 2 }))
    .join('');
  const side = spec.style === 1 ? gore(500) + gore(20) + gore(980) : zip(330);
  return `<rect width="1000" height="1000" fill="${ink.main}"/>${side}<rect width="1000" height="70" fill="${ink.tone('main', -0.06)}"/>${seam('M0 78H1000', ink, 6)}${seam('M0 900Q500 820 1000 900', ink, 6)}${marks}`;
}

function toeArt({ spec, ink }: Look): string {
  return spec.emblem % 2
    ? `<path d="M730 500Q690 700 750 1000H1000V500Z" fill="${ink.tone('main', -0.05)}"/>${seam('M730 500Q690 700 750 1000', ink)}<path d="M0 500H150Q190 760 160 1000H0Z" fill="${ink.tone('main', -0.05)}"/>`
    : `${seam('M640 500Q600 760 660 1000', ink)}<path d="M0 500H150Q190 760 160 1000H0Z" fill="${ink.tone('second', 0)}"/>`;
}

const heelBlock = (height: number, girth: number) =>
  blob([-0.37, 0, height / 2], [0.105 * girth, 0.095 * girth, height / 2], 0.3);

/** Laces up the front, a strap with a buckle, or a pull at the back. */
function fittings(look: Look, last: Last, height: number): Blank[] {
  const { spec, ink } = look;
  if (spec.style === 0)
    return Array.from({ length: 7 }, (_, i) => {
      const z = mix(0.36, height - 0.05, i / 6);
      const x = AXIS + 0.165 + (i === 0 ? 0.04 : 0.012);
      return {
        mesh: tube(
          (t): Vec3 => [x - 0.05 * (2 * t - 1) ** 2, mix(-0.075, 0.075, t), z + (t - 0.5) * 0.03],
          () => 0.011,
          { nu: 8, nv: 12 },
        ),
        skin: { ...CLOTH, colour: ink.linear('accent', 0.1) },
      };
    });
  const pull: Blank = {
    mesh: tube(
      (t): Vec3 => [
        AXIS - 0.16 - 0.02 * Math.sin(t * Math.PI),
        0.02,
        height - 0.05 + 0.1 * Math.sin(t * Math.PI),
      ],
      () => 0.012,
      { nu: 8, nv: 16, flat: 1.8 },
    ),
    skin: { ...CLOTH, colour: ink.linear('accent') },
  };
  if (spec.emblem % 2 === 0) return [pull];
  const strap = (t: number): Vec3 => {
    const angle = t * Math.PI * 2;
    return [
      AXIS + 0.005 + Math.cos(angle) * 0.168,
      Math.sin(angle) * 0.118,
      0.44 + last.floor(0.2) * 0.6 + 0.02 * Math.cos(angle),
    ];
  };
  return [
    pull,
    {
      mesh: tube(strap, () => 0.016, { nu: 8, nv: 60, flat: 1 }),
      skin: { ...LEATHER, colour: ink.linear('second') },
    },
    {
      mesh: tube(
        (t): Vec3 => {
          const q = t * Math.PI * 2;
          return [
            AXIS + 0.03 + 0.035 * Math.cos(q),
            -0.135,
            0.442 + last.floor(0.2) * 0.6 + 0.035 * Math.sin(q),
          ];
        },
        () => 0.007,
        { nu: 8, nv: 24 },
      ),
      skin: BRASS,
    },
  ];
}
