import { mix } from '../mesh/mesh.ts';
import { blob } from '../mesh/shapes.ts';
import { hipsMesh, legMesh } from './body-shape.ts';
import { type Blank, BRASS, cloth, detailMark, type Look, seam, TWILL } from './good.ts';

/** Straight or wide trousers, or shorts. */
export function buildTrousers(look: Look): Blank[] {
  const { spec, ink } = look;
  const [a, b, c, d] = spec.shape;
  const short = spec.style === 2;
  const size = short ? 1.5 : 1;
  const [hip, waist, depth] = [mix(0.2, 0.215, a) * size, mix(0.165, 0.175, a) * size, 0.12 * size];
  const crotch = short ? 0.56 : 0.7;
  const to = short ? mix(0.25, 0.05, b) : 0.01;
  const wide = spec.style === 1;
  const leg = {
    from: crotch + 0.04,
    to,
    hip,
    depth,
    knee: (wide ? mix(0.1, 0.125, c) : mix(0.07, 0.088, c)) * size,
    ankle: (wide ? mix(0.12, 0.17, c) : mix(0.052, 0.075, c)) * size,
    spread: wide ? 0.035 : 0.012,
    crease: d > 0.6 ? 0.05 : 0,
  };
  const skin = { ...TWILL, lining: ink.linear('main', -0.2) };
  const legs = { ...skin, repeat: [13, 18] as const };
  const art = legArt(look);
  const button: Blank = {
    mesh: blob([0, -depth * 0.88, 0.965], [0.012, 0.008, 0.012], 1, { nu: 16, nv: 10 }),
    skin: BRASS,
  };
  return [
    {
      mesh: hipsMesh({ top: 1, crotch, waist, hip, depth }),
      skin: { ...skin, repeat: [28, 9], detail: [[0.57, 0.31, 0.654, 0.57]] },
      art: hipsArt(look),
    },
    { mesh: legMesh(1, leg), skin: legs, art },
    { mesh: legMesh(-1, leg), skin: legs, art },
    button,
  ];
}

function hipsArt(look: Look): string {
  const { ink, spec } = look;
  const loop = (x: number): string =>
    `<rect x="${x}" y="0" width="16" height="150" fill="${ink.tone('main', -0.06)}" stroke="#000" stroke-opacity=".3" stroke-width="2"/>`;
  const pocket = (x: number, side: number): string =>
    seam(`M${x} 150Q${x + side * 20} 330 ${x + side * 105} 400`, ink, 6);
  return `${cloth(look, [0.4, 1.5])}<rect width="1000" height="150" fill="${ink.tone(spec.emblem % 3 ? 'main' : 'second', -0.03)}"/>${seam('M0 150H1000', ink, 6)}${[120, 330, 400, 585, 655, 870].map(loop).join('')}${pocket(400, -1)}${pocket(600, 1)}${seam('M500 150V820', ink, 5)}${seam('M545 150Q550 560 505 700', ink, 4)}${detailMark(look, { x: 612, y: 440, size: 84, stretch: 3 })}`;
}

function legArt(look: Look): string {
  const { ink, spec } = look;
  const hem = seam('M0 970H1000', ink, 5);
  const stripe =
    spec.emblem % 3 === 0
      ? [0, 245, 495, 745]
          .filter((_, i) => i % 2)
          .map((x) => `<rect x="${x - 20}" width="40" height="1000" fill="${ink.second}"/>`)
          .join('')
      : '';
  const knee =
    spec.emblem % 4 === 3
      ? `<rect x="330" y="560" width="340" height="190" fill="${ink.tone('main', -0.05)}" stroke="${ink.thread}" stroke-width="5" stroke-dasharray="12 7"/>`
      : '';
  return `${cloth(look, [0.9, 0.63])}${stripe}${knee}${hem}${seam('M250 300V1000', ink, 3)}${seam('M750 300V1000', ink, 3)}`;
}
