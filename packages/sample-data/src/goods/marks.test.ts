import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { KIND_NAMES, type Kind } from '../catalog/kinds.ts';
import { type ProductSpec, specOf } from '../catalog/product-spec.ts';
import type { UvBox } from '../render/skin.ts';
import { blanksOf } from './build-good.ts';
import type { Blank } from './good.ts';

const TEXTURE = 256;
/** Families of siblings looked at for each style of each kind: enough to meet every ground with every pattern. */
const FAMILIES = 10;
/**
 * Mean difference of the channels inside the detail's rectangle of the texture, of 255. Light and weave take up to a
 * half of it in the picture, where 6 must be left (`siblings.test.ts`).
 */
const VISIBLE = 10;

/** Pairs of siblings of one style, from several seeds. */
function pairs(kind: Kind, style: number): [ProductSpec, ProductSpec][] {
  const found: [ProductSpec, ProductSpec][] = [];
  for (let seed = 1; ; seed++)
    for (let i = 0; i < 500; i++) {
      const [a, b] = [specOf(seed, i), specOf(seed, i + 1)];
      if (a.kind !== kind || a.style !== style || a.family !== b.family) continue;
      found.push([a, b]);
      if (found.length === FAMILIES) return found;
      i += 2;
    }
}

/** Pairs that once were the same picture, or nearly: caps whose panel has the mark's colour, beanies. */
const ONCE_EQUAL = [
  [1, 2957],
  [6, 10],
  [12, 313],
  [12, 314],
  [15, 270],
  [26, 487],
  [27, 10],
  [36, 400],
  [38, 270],
  [1, 140],
  [5, 270],
] as const;

function markedPart(spec: ProductSpec): [Blank, UvBox] {
  for (const blank of blanksOf(spec, spec.variants[0])) {
    const box = blank.art && blank.skin.detail?.[0];
    if (box) return [blank, box];
  }
  throw new Error(`${spec.productId} has no part that differs`);
}

/** What the SVG renderer makes of the marked part's art, inside the rectangle where siblings may differ. */
async function marked(spec: ProductSpec): Promise<Buffer> {
  const [blank, [u0, v0, u1, v1]] = markedPart(spec);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${TEXTURE}" height="${TEXTURE}" viewBox="${u0 * 1000} ${v0 * 1000} ${(u1 - u0) * 1000} ${(v1 - v0) * 1000}" preserveAspectRatio="none">${blank.art}</svg>`;
  return sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
}

async function apart([a, b]: readonly [ProductSpec, ProductSpec]): Promise<number> {
  const [x, y] = await Promise.all([marked(a), marked(b)]);
  return x.reduce((sum, value, i) => sum + Math.abs(value - (y[i] as number)), 0) / x.length;
}

describe('the mark that tells siblings apart', () => {
  it('stands out where it once did not', async () => {
    for (const [seed, i] of ONCE_EQUAL) {
      const pair = [specOf(seed, i), specOf(seed, i + 1)] as const;
      expect(pair[0].family).toBe(pair[1].family);
      expect(await apart(pair), pair[0].productId).toBeGreaterThan(VISIBLE);
    }
  });

  for (const kind of KIND_NAMES)
    it(`stands out from what it lies on, whatever the style, pattern and colours: ${kind}`, async () => {
      const faint: string[] = [];
      for (const style of [0, 1, 2])
        for (const pair of pairs(kind, style)) {
          const difference = await apart(pair);
          if (difference < VISIBLE)
            faint.push(`${pair[0].productId} style ${style}, ${pair[0].pattern}: ${difference.toFixed(1)}`);
        }
      expect(faint).toEqual([]);
    }, 60_000);
});
