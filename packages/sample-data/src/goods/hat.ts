import { curve, mix, root, smooth, type Vec3 } from '../mesh/mesh.ts';
import { blob, tube } from '../mesh/shapes.ts';
import { surface } from '../mesh/surface.ts';
import { type Blank, CLOTH, cloth, detailMark, KNIT, type Look, SUEDE, seam } from './good.ts';

const TURN = Math.PI * 2;
const around = (u: number): number => Math.PI / 2 + u * TURN;

/** Cap, beanie or brim hat; the front looks at the camera. */
export function buildHat(look: Look): Blank[] {
  if (look.spec.style === 0) return cap(look);
  return look.spec.style === 1 ? beanie(look) : brimHat(look);
}

function cap(look: Look): Blank[] {
  const { spec, ink } = look;
  const [a, b, c] = spec.shape;
  const height = mix(0.42, 0.52, a);
  const crown = surface(
    (u, v) => {
      const r = 0.4 * root(Math.sin((Math.PI / 2) * Math.min(1, v * 1.05)), 0.85);
      const angle = around(u);
      return [
        Math.cos(angle) * r,
        Math.sin(angle) * r * 1.12,
        0.1 + height * root(Math.cos((Math.PI / 2) * v), 0.9),
      ];
    },
    { nu: 64, nv: 30, flip: true },
  );
  const brim = surface(
    (u, v) => {
      const side = mix(-1, 1, u) * 1.05;
      const out = v * mix(0.34, 0.44, b) * root(Math.cos(side * 0.95), 0.5);
      return [
        Math.sin(side) * (0.4 + out * 0.22),
        -Math.cos(side) * 0.44 - out,
        // It begins a little inside the crown, so that no daylight shows between them.
        0.12 - 0.09 * v - mix(0.05, 0.13, c) * Math.sin(side) ** 2 * 1.4 * v,
      ];
    },
    { nu: 40, nv: 12, flip: true },
  );
  const panels = [0, 1, 2, 3, 4, 5].map((i) => seam(`M${500 + (i - 3) * 167 + 83} 0V1000`, ink, 3)).join('');
  const eyelets = [0, 1, 2, 3, 4, 5]
    .map((i) => `<circle cx="${(i * 167 + 500) % 1000}" cy="470" r="9" fill="${ink.tone('second', -0.1)}"/>`)
    .join('');
  const panel = spec.emblem % 2 === 1;
  const front = panel ? `<rect x="333" width="334" height="1000" fill="${ink.second}"/>` : '';
  return [
    {
      mesh: crown,
      skin: {
        ...CLOTH,
        repeat: [20, 10],
        lining: ink.linear('second', -0.15),
        detail: [[0.455, 0.55, 0.545, 0.83]],
      },
      art: `${cloth(look, [0.5, 1])}${front}${panels}${eyelets}${detailMark(look, { x: 500, y: 690, size: 120, stretch: 3.2, ...(panel && { ground: ink.second }) })}`,
    },
    {
      mesh: brim,
      skin: { ...CLOTH, repeat: [14, 6], lining: ink.linear('second', -0.1) },
      art: `<rect width="1000" height="1000" fill="${spec.emblem % 3 ? ink.second : ink.main}"/>${[300, 480, 660, 840].map((y) => seam(`M0 ${y}H1000`, ink, 7)).join('')}`,
    },
    {
      mesh: blob([0, 0, 0.1 + height], [0.035, 0.035, 0.022], 1, { nu: 20, nv: 10 }),
      skin: { ...CLOTH, colour: ink.linear('accent') },
    },
  ];
}

function beanie(look: Look): Blank[] {
  const { spec, ink } = look;
  const [a, b, , d] = spec.shape;
  const height = mix(0.55, 0.75, a);
  const cuff = mix(0.16, 0.24, b);
  const crown = surface(
    (u, v) => {
      const r =
        0.36 *
        curve(
          [
            [0, 0.03],
            [0.12, 0.45],
            [0.4, 0.92],
            [0.7, 1.03],
            [1, 1],
          ],
          v,
        );
      const ribs = 1 + 0.018 * Math.cos(around(u) * 28) * smooth(0, 0.3, v);
      return [
        Math.cos(around(u)) * r * ribs,
        Math.sin(around(u)) * r * ribs,
        0.02 + height * (1 - root(v, 1.25)),
      ];
    },
    { nu: 120, nv: 28, flip: true },
  );
  const band = surface(
    (u, v) => {
      const r = 0.385 + 0.02 * Math.sin(Math.PI * v) + 0.012 * Math.cos(around(u) * 28);
      return [Math.cos(around(u)) * r, Math.sin(around(u)) * r, mix(cuff, 0, v)];
    },
    { nu: 150, nv: 12, flip: true },
  );
  const patch = `<rect x="452" y="250" width="96" height="500" rx="14" fill="${ink.tone('second', -0.05)}" stroke="${ink.thread}" stroke-width="4" stroke-dasharray="10 6"/>`;
  const parts: Blank[] = [
    {
      mesh: crown,
      skin: { ...KNIT, repeat: [16, 6], lining: ink.linear('main', -0.2) },
      art: cloth(look, [0.5, 1.2]),
    },
    {
      mesh: band,
      skin: { ...KNIT, repeat: [16, 2.5], detail: [[0.479, 0.27, 0.521, 0.73]] },
      art: `<rect width="1000" height="1000" fill="${spec.emblem % 2 ? ink.second : ink.main}"/>${patch}${detailMark(look, { x: 500, y: 500, size: 205, stretch: 12, ground: ink.tone('second', -0.05) })}`,
    },
  ];
  if (d > 0.35)
    parts.push({
      mesh: pompom([0, 0, height + 0.06], 0.11),
      skin: { ...SUEDE, repeat: [8, 8], depth: 0.5, grime: 0.6, sheen: 0.6, colour: ink.linear('accent') },
    });
  return parts;
}

/** A ball of yarn ends. */
const pompom = ([x, y, z]: Vec3, r: number) =>
  surface(
    (u, v) => {
      const [a, b] = [around(u), Math.PI * v];
      const shaggy = r * (1 + 0.09 * Math.sin(a * 17 + b * 5) * Math.sin(b * 23 - a * 3));
      return [
        x + Math.cos(a) * Math.sin(b) * shaggy,
        y + Math.sin(a) * Math.sin(b) * shaggy,
        z + Math.cos(b) * shaggy,
      ];
    },
    { nu: 60, nv: 40, flip: true },
  );

function brimHat(look: Look): Blank[] {
  const { spec, ink } = look;
  const [a, b, c, d] = spec.shape;
  const height = mix(0.3, 0.42, a);
  const crown = surface(
    (u, v) => {
      const angle = around(u);
      const r = curve(
        [
          [0, 0],
          [0.2, 0.19],
          [0.38, 0.245],
          [0.5, 0.265],
          [1, 0.3],
        ],
        v,
      );
      const pinch = 0.07 * c * (1 - smooth(0.1, 0.5, v));
      const top =
        v < 0.4
          ? height - 0.08 * c * (1 - v / 0.4) ** 2 - 0.02 * (v / 0.4) ** 3
          : mix(height - 0.02, 0.055, (v - 0.4) / 0.6);
      return [
        Math.cos(angle) * r * (1 - pinch * 2 * Math.max(0, -Math.sin(angle))),
        Math.sin(angle) * r * 1.15,
        top,
      ];
    },
    { nu: 64, nv: 40, flip: true },
  );
  const wide = mix(0.14, 0.26, b);
  const brim = surface(
    (u, v) => {
      const angle = around(u);
      const r = 0.295 + wide * v;
      return [
        Math.cos(angle) * r,
        Math.sin(angle) * r * 1.12,
        0.05 + 0.1 * d * Math.cos(angle) ** 2 * v * v - 0.035 * v * Math.max(0, -Math.sin(angle)),
      ];
    },
    { nu: 72, nv: 8, flip: true },
  );
  const ribbon = `<rect y="690" width="1000" height="240" fill="${ink.second}"/><rect y="700" width="1000" height="16" fill="${ink.accent}"/><rect y="900" width="1000" height="16" fill="${ink.accent}"/><path d="M240 690L300 690L300 930L240 930Z" fill="${ink.tone('second', -0.08)}"/>`;
  const straw = spec.emblem % 2 === 0;
  const felt = straw
    ? { ...CLOTH, repeat: [16, 8] as const, depth: 0.5, grime: 0.5 }
    : { ...SUEDE, repeat: [8, 5] as const };
  return [
    {
      mesh: crown,
      skin: { ...felt, detail: [[0.475, 0.73, 0.525, 0.89]] },
      art: `<rect width="1000" height="1000" fill="${ink.main}"/>${ribbon}${detailMark(look, { x: 500, y: 810, size: 68, stretch: 3.6, ground: ink.second })}`,
    },
    {
      mesh: brim,
      skin: {
        ...felt,
        repeat: [20, 3],
        colour: ink.linear('main', -0.01),
        lining: ink.linear('main', -0.12),
      },
    },
    {
      mesh: tube(
        (t): Vec3 => {
          const q = t * TURN;
          return [
            Math.cos(q) * (0.295 + wide),
            Math.sin(q) * (0.295 + wide) * 1.12,
            0.05 + 0.1 * d * Math.cos(q) ** 2 - 0.035 * Math.max(0, -Math.sin(q)),
          ];
        },
        () => 0.008,
        { nu: 8, nv: 80 },
      ),
      skin: { ...CLOTH, colour: ink.linear('second') },
    },
  ];
}
