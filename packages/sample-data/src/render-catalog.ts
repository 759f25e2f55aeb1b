import sharp from 'sharp';
import { drawGood } from './goods/draw-good.ts';
import type { ProductSpec } from './product-spec.ts';
import { Random } from './random.ts';

export const VIEWS = ['front', 'three-quarter', 'detail'] as const;
export type View = (typeof VIEWS)[number];

/** How the good stands in the picture of each view: a transform of its 1000 × 1000 field. */
const PLACE: Record<View, (r: Random) => string> = {
  front: () => 'translate(40 40) scale(.92)',
  'three-quarter': (r) =>
    `translate(${70 + r.between(-10, 20)} ${75 + r.between(-10, 10)}) skewY(${r.between(-7, -3)}) scale(${r.between(0.76, 0.82)} .86)`,
  detail: (r) => `translate(${-260 + r.between(-80, 80)} ${-240 + r.between(-60, 60)}) scale(1.55)`,
};

/** A catalogue picture: studio light, soft shadow, clean ground. JPEG, `size` × `size` px; the same for the same input. */
export async function renderCatalogPicture(
  spec: ProductSpec,
  how: { view: View; size: number },
): Promise<Buffer> {
  const r = new Random('studio', spec.productId, how.view);
  const { defs, body, bounds } = drawGood(spec, 'g');
  const [x1, , x2, y2] = bounds;
  const shadow =
    how.view === 'detail'
      ? ''
      : `<ellipse cx="${(x1 + x2) / 2}" cy="${y2 + 6}" rx="${(x2 - x1) * 0.52}" ry="34" fill="url(#shadow)"/>`;
  const warm = r.between(0.93, 0.975);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${how.size}" height="${how.size}" viewBox="0 0 1000 1000"><defs>
    <radialGradient id="ground" cx=".5" cy=".42" r=".8"><stop offset="0" stop-color="hsl(40,12%,${Math.round(warm * 100 + 2)}%)"/><stop offset="1" stop-color="hsl(38,9%,${Math.round(warm * 100 - 7)}%)"/></radialGradient>
    <radialGradient id="shadow"><stop offset="0" stop-color="#000" stop-opacity=".42"/><stop offset=".6" stop-color="#000" stop-opacity=".16"/><stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient>${defs}</defs>
    <rect width="1000" height="1000" fill="url(#ground)"/><g transform="${PLACE[how.view](r)}">${shadow}${body}</g></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 88 }).toBuffer();
}
