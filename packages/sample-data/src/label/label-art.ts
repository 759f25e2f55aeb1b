import { BRANDS, FLAVOURS, KINDS, type Pattern } from '../catalog/kinds.ts';
import { contentsOf } from '../catalog/price.ts';
import type { Inks, Look } from '../goods/good.ts';
import { Random } from '../random.ts';
import type { UvBox } from '../render/skin.ts';
import { emblem } from './emblem.ts';
import { letters } from './lettering.ts';

/**
 * The print of a package, front's middle at x = 500. Siblings differ in the flavour's line alone, at y 600–760.
 * `aspect` = width of the whole texture on the good / its height; the print is drawn in true proportions and squeezed.
 */
export function labelArt(look: Look, how: { aspect: number }): string {
  const squeeze = 1 / how.aspect;
  const front = (body: string): string => `<g transform="translate(500 0) scale(${squeeze} 1)">${body}</g>`;
  return `${ground(look)}${front(printed(look, printWidth(how.aspect)))}${backSide(look, squeeze)}`;
}

/** Width of a package's print before it is squeezed: as much as can be seen from the front. */
const printWidth = (aspect: number): number => Math.min(480, 360 * aspect);

/** Where the print of a package with `labelArt` differs between siblings: the flavour's plate. */
export function flavourBox(how: { aspect: number }): UvBox {
  const half = (0.52 * printWidth(how.aspect)) / how.aspect / 1000;
  return [0.5 - half, 0.585, 0.5 + half, 0.715];
}

/** The print of a box whose front takes `share` of u and is `aspect` times as wide as high. */
export function boxArt(look: Look, how: { share: number; aspect: number }): string {
  const { ink } = look;
  const squeeze = how.share / how.aspect;
  const edge = 500 * how.share;
  const side = 1000 * (0.5 - how.share);
  const tint = [500 - edge - side, 500 + edge]
    .map((x) => `<rect x="${x}" width="${side}" height="1000" fill="${ink.tone('main', -0.06)}"/>`)
    .join('');
  return `${ground(look)}${tint}<g transform="translate(500 0) scale(${squeeze} 1)">${printed(look, 880 * how.aspect)}</g>${[500 - edge - side / 2, 500 + edge + side / 2].map((x) => nutrition(x, 300, side)).join('')}`;
}

function ground(look: Look): string {
  const { spec, ink } = look;
  const r = new Random('ground', spec.family);
  const grounds: Partial<Record<Pattern, string>> = {
    wave: `<rect y="560" width="1000" height="440" fill="${ink.second}"/><path d="M0 560Q250 510 500 560T1000 560V600H0Z" fill="${ink.second}"/>`,
    band: `<rect y="40" width="1000" height="36" fill="${ink.second}"/><rect y="915" width="1000" height="36" fill="${ink.second}"/>`,
    stripes: Array.from(
      { length: 20 },
      (_, i) => `<rect x="${i * 50}" width="25" height="1000" fill="${ink.second}" opacity=".35"/>`,
    ).join(''),
    discs: `<circle cx="500" cy="420" r="330" fill="${ink.tone('second', 0.06)}" opacity=".85"/><circle cx="0" cy="420" r="300" fill="${ink.second}"/><circle cx="1000" cy="420" r="300" fill="${ink.second}"/>`,
    dots: Array.from(
      { length: 60 },
      () =>
        `<circle cx="${r.between(0, 1000).toFixed(0)}" cy="${r.between(0, 1000).toFixed(0)}" r="${r.between(5, 26).toFixed(0)}" fill="${r.chance(0.5) ? ink.second : ink.accent}" opacity=".6"/>`,
    ).join(''),
    peaks: `<path d="M0 1000L0 640L260 420L420 560L640 300L820 520L1000 400V1000Z" fill="${ink.second}"/><path d="M0 1000V780L220 640L420 760L700 560L1000 760V1000Z" fill="${ink.tone('second', -0.08)}"/>`,
  };
  return `<rect width="1000" height="1000" fill="${ink.main}"/>${grounds[spec.pattern] ?? ''}`;
}

/** Brand, what it is in two scripts, a mark, the flavour and the weight, round x = 0. */
function printed(look: Look, width: number): string {
  const { spec, ink } = look;
  const brand = BRANDS[spec.brand] ?? BRANDS[0];
  const kind = KINDS[spec.kind];
  const flavour = FLAVOURS[spec.detail] ?? FLAVOURS[0];
  const dark = readable(ink);
  const plate = `<rect x="${-width * 0.52}" y="120" width="${width * 1.04}" height="180" rx="${spec.shape[3] > 0.5 ? 90 : 12}" fill="${ink.tone('accent', 0)}"/>`;
  const weight = `${contentsOf(spec)} ${spec.kind === 'bottle' || (spec.kind === 'can' && spec.style === 0) ? 'ml' : 'g'}`;
  return `${plate}${letters(brand.name, { face: brand.face, x: 0, y: 250, size: 130, within: width * 0.92, fill: contrast(ink), anchor: 'middle' })}
    ${letters(kind.zh[spec.style] ?? kind.zh[0], { face: spec.shape[3] > 0.5 ? 'brush' : 'block', x: 0, y: 455, size: 150, within: width * 0.8, fill: dark, anchor: 'middle' })}
    ${letters((kind.en[spec.style] ?? kind.en[0]).toUpperCase(), { face: 'poster', x: 0, y: 545, size: 80, within: width * 0.8, fill: dark, anchor: 'middle' })}
    <rect x="${-width * 0.5}" y="592" width="${width}" height="112" fill="#faf6ec"/>
    ${letters(flavour.en, { face: 'plain', x: -width * 0.46, y: 680, size: 84, within: width * 0.52, fill: '#2a1d14' })}
    ${letters(flavour.zh, { face: 'brush', x: width * 0.46, y: 686, size: 96, within: width * 0.36, fill: '#8c1d18', anchor: 'end' })}
    ${emblem(6 + (spec.emblem % 6), { x: 0, y: 800, size: 62, colour: ink.accent })}
    ${letters(weight, { face: 'plain', x: width * 0.42, y: 930, size: 56, fill: dark, anchor: 'end' })}`;
}

function backSide(look: Look, squeeze: number): string {
  return `${nutrition(110, 200, 240 * squeeze)}${nutrition(890, 200, 240 * squeeze)}<g fill="#111">${Array.from({ length: 26 }, (_, i) => `<rect x="${(940 + i * 3.2).toFixed(1)}" y="700" width="${1 + ((i * look.spec.family) % 3)}" height="120"/>`).join('')}</g>`;
}

/** A table of small print. */
function nutrition(x: number, y: number, half: number): string {
  const rows = Array.from(
    { length: 8 },
    (_, i) =>
      `<path d="M${x - half * 0.4} ${y + 40 + i * 34}H${x + half * 0.4}" stroke="#222" stroke-width="7" stroke-dasharray="${18 + ((i * 7) % 20)} 8"/>`,
  ).join('');
  return `<rect x="${x - half * 0.48}" y="${y}" width="${half * 0.96}" height="310" fill="#faf7ef"/>${rows}`;
}

const luminance = (hex: string): number =>
  [1, 3, 5].reduce(
    (sum, at, i) =>
      sum + (Number.parseInt(hex.slice(at, at + 2), 16) / 255) * ([0.3, 0.59, 0.11][i] as number),
    0,
  );
const readable = (ink: Inks): string =>
  luminance(ink.main) * 0.6 + luminance(ink.second) * 0.4 > 0.5 ? '#241a14' : '#fbf6ea';
const contrast = (ink: Inks): string => (luminance(ink.accent) > 0.5 ? '#241a14' : '#fbf6ea');
