import { emblem } from '../label/emblem.ts';
import { mix, type Vec3 } from '../mesh/mesh.ts';
import { tube } from '../mesh/shapes.ts';
import { surface } from '../mesh/surface.ts';
import {
  type Blank,
  CLOTH,
  cloth,
  detailMark,
  KNIT,
  LEATHER,
  type Look,
  RUBBER,
  SUEDE,
  seam,
} from './good.ts';
import { along, footWidth, type Last, onUpper, soleMesh, upperMeshes } from './last.ts';

/** Runner, high-top or court shoe, toe to the right. */
export function buildSneaker(look: Look): Blank[] {
  const { spec, ink } = look;
  const [a, b, c, d] = spec.shape;
  const high = spec.style === 1;
  const runner = spec.style === 0;
  const thick = runner ? mix(0.07, 0.115, a) : mix(0.05, 0.07, a);
  const collar = high ? mix(0.4, 0.48, b) : mix(0.24, 0.3, b);
  const top = along([
    [0, thick + (runner ? 0.05 : 0.012)],
    [0.12, thick + (runner ? 0.03 : 0.006)],
    [0.5, thick],
    [0.8, thick * 0.9 + 0.005],
    [1, thick * 0.8 + mix(0.02, 0.06, c)],
  ]);
  const bottom = along([
    [0, runner ? 0.035 : 0.004],
    [0.12, 0],
    [0.62, 0],
    [0.82, 0.012],
    [1, mix(0.035, 0.085, c)],
  ]);
  const last: Last = {
    width: along(footWidth(mix(0, 0.6, d), 1)),
    ridge: along([
      [0, collar],
      [0.1, collar * 1.03],
      [0.26, collar * (high ? 0.98 : 0.84)],
      [0.4, high ? collar * 0.85 : 0.275],
      [0.52, 0.24],
      [0.64, 0.175],
      [0.8, 0.128],
      [0.92, 0.1],
      [1, 0.045],
    ]),
    floor: (s) => top(s) - 0.012,
    opening: along([
      [0, 0.02],
      [0.025, 0.5],
      [0.12, 0.75],
      [0.28, 0.72],
      [0.4, 0.34],
      [0.5, 0.2],
      [0.6, 0.13],
      [0.68, 0.02],
      [0.7, 0],
    ]),
  };
  const [near, far] = upperMeshes(last);
  const [edge, insole] = soleMesh(last, { out: runner ? 0.11 : 0.08, top, bottom });
  const upper = {
    ...(runner ? KNIT : d > 0.5 ? LEATHER : SUEDE),
    lining: ink.linear('second', -0.1),
    detail: [
      [0.32, 0.63, 0.45, 0.83],
      [0.32, 0.17, 0.45, 0.37],
    ] as const,
  };
  const paint = upperArt(look);
  return [
    { mesh: near, skin: upper, art: paint },
    { mesh: far, skin: upper, art: paint },
    { mesh: edge, skin: RUBBER, art: soleArt(look, runner) },
    { mesh: insole, skin: { ...CLOTH, colour: ink.linear('second') } },
    { mesh: collarMesh(last), skin: { ...CLOTH, colour: ink.linear('accent', -0.02) } },
    { mesh: tongueMesh(last, high), skin: KNIT, art: tongueArt(look) },
    ...lacesOf(last, high ? 7 : 5).map((mesh) => ({
      mesh,
      skin: { ...CLOTH, colour: ink.linear('accent', 0.12), repeat: [2, 10] as const },
    })),
  ];
}

function upperArt(look: Look): string {
  const { spec, ink } = look;
  const [, , c, d] = spec.shape;
  const half = (up: string): string => `<g transform="${up}">
    <path d="M0 500H190Q150 300 205 0H0Z" fill="${ink.tone('second', -0.02)}"/>${seam('M190 500Q150 300 205 0', ink)}
    <path d="M1000 500V0H${780 - c * 80}Q${700 - c * 60} 250 ${760 - c * 40} 500Z" fill="${ink.tone(d > 0.5 ? 'main' : 'second', -0.05)}"/>${seam(`M${780 - c * 80} 0Q${700 - c * 60} 250 ${760 - c * 40} 500`, ink)}
    <path d="M395 500Q420 330 470 330H690V500Z" fill="${ink.tone('accent', 0)}"/>${seam('M395 500Q420 330 470 330H690', ink, 4)}
    ${Array.from({ length: 6 }, (_, i) => `<circle cx="${455 + i * 42}" cy="425" r="9" fill="#2a2a2c"/>`).join('')}
    ${bars(look)}</g>`;
  const mark = detailMark(look, { x: 385, y: 270, size: 88, stretch: 1.7 });
  return `${cloth(look, 0.7)}${half('translate(0 1000) scale(1 -1)')}${half('translate(0 0)')}<g transform="translate(0 1000) scale(1 -1)">${mark}</g>${mark}`;
}

/** What the maker is known by: bars, a sweep or mesh holes on the side. */
function bars(look: Look): string {
  const { spec, ink } = look;
  switch (spec.emblem % 4) {
    case 0:
      return [0, 1, 2]
        .map(
          (i) =>
            `<path d="M${500 + i * 75} 90L${560 + i * 75} 330H${595 + i * 75}L${535 + i * 75} 90Z" fill="${ink.second}"/>`,
        )
        .join('');
    case 1:
      return `<path d="M480 120Q600 60 760 300Q640 190 500 215Z" fill="${ink.second}"/>`;
    case 2:
      return Array.from(
        { length: 30 },
        (_, i) =>
          `<ellipse cx="${505 + (i % 10) * 24}" cy="${120 + Math.floor(i / 10) * 60}" rx="5" ry="10" fill="#000" opacity=".4"/>`,
      ).join('');
    default:
      return emblem(6 + (spec.emblem % 6), { x: 590, y: 210, size: 80, stretch: 1.7, colour: ink.second });
  }
}

function soleArt(look: Look, runner: boolean): string {
  const { spec, ink } = look;
  const body = spec.shape[1] > 0.35 ? '#f4f2ec' : ink.tone('second', 0.1);
  const grooves = Array.from(
    { length: 60 },
    (_, i) => `<rect x="${i * 17}" y="820" width="8" height="180" fill="#000" opacity=".25"/>`,
  ).join('');
  return `<rect width="1000" height="1000" fill="${body}"/><rect y="${runner ? 430 : 320}" width="1000" height="${runner ? 90 : 60}" fill="${ink.accent}"/><rect y="800" width="1000" height="200" fill="${runner ? ink.tone('second', -0.1) : '#8a6b45'}"/>${grooves}<path d="M0 90H1000" stroke="#000" stroke-opacity=".2" stroke-width="14" stroke-dasharray="6 4"/>`;
}

const tongueArt = ({ ink, spec }: Look): string =>
  `<rect width="1000" height="1000" fill="${ink.tone('main', 0.05)}"/><rect width="1000" height="60" fill="${ink.accent}"/>${emblem(6 + (spec.emblem % 6), { x: 500, y: 210, size: 110, stretch: 0.6, colour: ink.accent })}`;

function collarMesh(last: Last) {
  const path = (t: number): Vec3 => {
    const near = t < 0.5;
    const s = 0.012 + (near ? t : 1 - t) * 2 * 0.4;
    return onUpper(last, s, (near ? 1 : -1) * last.opening(s));
  };
  return tube(path, () => 0.014, { nu: 10, nv: 60 });
}

function tongueMesh(last: Last, high: boolean) {
  return surface(
    (u, v) => {
      const s = mix(0.36, 0.7, v);
      const rise = (1 - v) ** 2 * (high ? 0.05 : 0.07);
      const z = last.floor(s) + last.ridge(s) * (0.96 - 0.02 * v) + rise - 0.18 * (u - 0.5) ** 2;
      return [s - 0.5 - rise * 0.5, mix(0.062, -0.062, u), z];
    },
    { nu: 10, nv: 20 },
  );
}

function lacesOf(last: Last, count: number) {
  return Array.from({ length: count }, (_, i) => {
    const s = mix(0.44, 0.655, i / (count - 1));
    const angle = last.opening(s) + 0.17;
    return tube(
      (t) => {
        const [x, y, z] = onUpper(last, s + 0.012 * Math.sin(t * Math.PI), mix(angle, -angle, t));
        return [x, y, z + 0.012 + 0.008 * Math.sin(t * Math.PI)];
      },
      () => 0.0115,
      { nu: 8, nv: 14, flat: 0.6 },
    );
  });
}
