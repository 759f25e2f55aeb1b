import type { Fragments } from './fragments.ts';
import type { Rgb, Skin, UvBox } from './skin.ts';
import { LINEAR, levelOf, type Texture } from './texture.ts';

const RED_BLUE = 0x00ff00ff;

/** The surface's own colour: its art outside, else one colour outside and one inside. */
export function paint(f: Fragments, skin: Skin): void {
  if (skin.art) art(f, skin.art, skin.lining);
  else plain(f, skin.colour, skin.lining);
}

function plain(f: Fragments, colour: Rgb, lining: Rgb): void {
  const { count, outside, red, green, blue } = f;
  const [r, g, b] = colour;
  const [lr, lg, lb] = lining;
  for (let i = 0; i < count; i++) {
    const out = outside[i] === 1;
    red[i] = out ? r : lr;
    green[i] = out ? g : lg;
    blue[i] = out ? b : lb;
  }
}

/** Four texels weighed in sixteenths, red and blue in one multiplication. */
function art(f: Fragments, texture: Texture, lining: Rgb): void {
  const { count, outside, level, u, v, red, green, blue } = f;
  const [lr, lg, lb] = lining;
  let depth = -1;
  let { size, texels } = texture;
  for (let i = 0; i < count; i++) {
    if (outside[i] === 0) {
      red[i] = lr;
      green[i] = lg;
      blue[i] = lb;
      continue;
    }
    if (level[i] !== depth) {
      depth = level[i] as number;
      ({ size, texels } = levelOf(texture, depth));
    }
    // An edge at 1 is the right edge, not the left one of the next copy.
    const U = u[i] as number;
    const V = v[i] as number;
    const most = size * 16 - 17;
    let fx = ((U - Math.floor(U) || (U > 0.5 ? 0.99999 : 0)) * size * 16 - 8) | 0;
    let fy = ((V - Math.floor(V) || (V > 0.5 ? 0.99999 : 0)) * size * 16 - 8) | 0;
    fx = fx < 0 ? 0 : fx > most ? most : fx;
    fy = fy < 0 ? 0 : fy > most ? most : fy;
    const gx = fx & 15;
    const gy = fy & 15;
    const k = (fy >> 4) * size + (fx >> 4);
    const p00 = texels[k] as number;
    const p10 = texels[k + 1] as number;
    const p01 = texels[k + size] as number;
    const p11 = texels[k + size + 1] as number;
    const w11 = gx * gy;
    const w10 = gx * 16 - w11;
    const w01 = gy * 16 - w11;
    const w00 = 256 - w11 - w10 - w01;
    const redBlue =
      (Math.imul(p00 & RED_BLUE, w00) +
        Math.imul(p10 & RED_BLUE, w10) +
        Math.imul(p01 & RED_BLUE, w01) +
        Math.imul(p11 & RED_BLUE, w11) +
        0x800080) |
      0;
    const middle =
      Math.imul((p00 >>> 8) & 255, w00) +
      Math.imul((p10 >>> 8) & 255, w10) +
      Math.imul((p01 >>> 8) & 255, w01) +
      Math.imul((p11 >>> 8) & 255, w11) +
      128;
    red[i] = LINEAR[(redBlue >>> 8) & 255] as number;
    green[i] = LINEAR[(middle >>> 8) & 255] as number;
    blue[i] = LINEAR[redBlue >>> 24] as number;
  }
}

/** Marks the pixels where siblings of a family may differ. */
export function markDetail(f: Fragments, boxes: readonly UvBox[], detail: Uint8Array): void {
  const { count, outside, u, v, pixel } = f;
  for (const [u0, v0, u1, v1] of boxes)
    for (let i = 0; i < count; i++) {
      const U = u[i] as number;
      const V = v[i] as number;
      if (outside[i] === 1 && U >= u0 && U <= u1 && V >= v0 && V <= v1) detail[pixel[i] as number] = 1;
    }
}
