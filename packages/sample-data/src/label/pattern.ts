import type { Pattern } from '../catalog/kinds.ts';
import { Random } from '../random.ts';

type Inks = { main: string; second: string; accent: string };

/** A repeat of cloth as an SVG pattern `id` in a 1000-unit texture; `scale` 1 is about a shirt's, two numbers make up for a stretched texture. */
export function patternDef(
  id: string,
  pattern: Pattern,
  inks: Inks,
  scale: number | readonly [number, number],
): string {
  const { main, second, accent } = inks;
  const [across, down] = typeof scale === 'number' ? [scale, scale] : scale;
  const wrap = (w: number, h: number, body: string): string => {
    const [width, height] = [wholeTexels(w * across), wholeTexels(h * down)];
    return `<pattern id="${id}" width="${width}" height="${height}" patternUnits="userSpaceOnUse"><g transform="scale(${width / w} ${height / h})"><rect width="${w}" height="${h}" fill="${main}"/>${body}</g></pattern>`;
  };
  switch (pattern) {
    case 'stripes':
      return wrap(46, 46, `<rect width="46" height="17" fill="${second}"/>`);
    case 'dots':
      return wrap(
        54,
        54,
        `<circle cx="14" cy="14" r="8" fill="${second}"/><circle cx="41" cy="41" r="8" fill="${second}"/>`,
      );
    case 'plaid':
      return wrap(
        84,
        84,
        `<rect width="84" height="26" fill="${second}" opacity=".55"/><rect width="26" height="84" fill="${second}" opacity=".55"/><path d="M0 55H84M55 0V84" stroke="${accent}" stroke-width="4" opacity=".7"/>`,
      );
    case 'band':
      return wrap(
        1000,
        300,
        `<rect y="90" width="1000" height="74" fill="${second}"/><rect y="176" width="1000" height="14" fill="${accent}"/>`,
      );
    case 'chevron':
      return wrap(60, 44, `<path d="M0 30L30 8L60 30V44L30 22L0 44Z" fill="${second}"/>`);
    case 'houndstooth':
      return wrap(48, 48, `<path d="M0 0H24V24H48L24 48V24L0 48V24L24 0Z" fill="${second}"/>`);
    case 'floral':
      return wrap(150, 150, flowers(second, accent));
    case 'camouflage':
      return wrap(240, 240, patches(second, accent));
    default:
      return wrap(1000, 1000, '');
  }
}

/**
 * The nearest length that is whole texels in textures of 256, 512 and 1024: a tile that is none is resampled for every
 * repeat, which takes ten times as long and softens it.
 */
const wholeTexels = (units: number): number => (Math.max(1, Math.round(units * 0.256)) / 256) * 1000;

function flowers(petal: string, heart: string): string {
  const r = new Random('flowers');
  return Array.from({ length: 7 }, () => {
    const [x, y, s, turn] = [r.between(20, 130), r.between(20, 130), r.between(8, 15), r.between(0, 72)];
    const petals = Array.from(
      { length: 5 },
      (_, i) => `<ellipse rx="${s * 0.55}" ry="${s}" cy="${-s}" transform="rotate(${i * 72})"/>`,
    ).join('');
    return `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)})"><g fill="${petal}">${petals}</g><circle r="${s * 0.5}" fill="${heart}"/></g>`;
  }).join('');
}

function patches(second: string, accent: string): string {
  const r = new Random('camouflage');
  return Array.from({ length: 14 }, (_, i) => {
    const [x, y] = [r.between(10, 230), r.between(10, 230)];
    return `<path d="M${x} ${y}q${r.between(10, 50)} ${r.between(-50, 10)} ${r.between(40, 70)} ${r.between(0, 20)}t${r.between(-30, 20)} ${r.between(20, 50)}t${r.between(-60, -30)} ${r.between(-10, 20)}Z" fill="${i % 3 ? second : accent}"/>`;
  }).join('');
}
