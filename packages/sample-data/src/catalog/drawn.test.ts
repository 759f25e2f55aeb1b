import { describe, expect, it } from 'vitest';
import { PALETTE } from '../colour.ts';
import { buildGood } from '../goods/build-good.ts';
import type { Frame } from '../render/render.ts';
import { renderCatalogPicture, type View } from '../studio/catalog-picture.ts';
import { GROCERIES, KIND_NAMES, type Kind, LABEL_PATTERNS } from './kinds.ts';
import { type ProductSpec, specOf } from './product-spec.ts';
import { textOf } from './product-text.ts';

const SIZE = 96;
/** Families of each style of each kind. */
const FAMILIES = 3;
/** Shares of the good's pixels that must, and may at most, change with what the text names, and with what it does not. */
const SEEN = 0.01;
const UNSEEN = 0.03;

/** Products of one style, one of a family, as different in pattern and trim as can be. */
function products(kind: Kind, style: number): ProductSpec[] {
  const found = new Map<string, ProductSpec>();
  for (let seed = 1; seed < 9; seed++)
    for (let i = 0; i < 500; i++) {
      const spec = specOf(seed, i);
      if (spec.kind !== kind || spec.style !== style) continue;
      const key = `${spec.pattern} ${spec.emblem % 6}`;
      if (!found.has(key)) found.set(key, spec);
    }
  const all = [...found.values()];
  return Array.from({ length: FAMILIES }, (_, i) => all[Math.floor((i * all.length) / FAMILIES)]!);
}

const draw = async (spec: ProductSpec, view: View): Promise<Frame> =>
  renderCatalogPicture(await buildGood(spec, spec.variants[0], 64), view, SIZE);

/** Share of the good's pixels that look different: from the front, or else from the side. */
async function changed(a: ProductSpec, b: ProductSpec): Promise<number> {
  const front = await changedIn('front', a, b);
  return front >= SEEN ? front : Math.max(front, await changedIn('three-quarter', a, b));
}

async function changedIn(view: View, a: ProductSpec, b: ProductSpec): Promise<number> {
  const [x, y] = [await draw(a, view), await draw(b, view)];
  let [different, all] = [0, 0];
  for (let p = 0; p < x.mask.length; p++) {
    if (!x.mask[p] || x.detail[p]) continue;
    all += 1;
    const d = [0, 1, 2].reduce((sum, c) => sum + Math.abs(x.rgb[p * 3 + c]! - y.rgb[p * 3 + c]!), 0);
    different += Number(d / 3 > 6);
  }
  return different / all;
}

function withSecond(spec: ProductSpec): ProductSpec {
  const [variant] = spec.variants;
  const { colours } = variant;
  // As far as can be: black for what is light, else white.
  const second = (PALETTE[colours.second] ?? PALETTE[0]).colour.l > 0.5 ? 1 : 0;
  return { ...spec, variants: [{ ...variant, colours: { ...colours, second } }] };
}

describe('what the text names can be seen', () => {
  for (const kind of KIND_NAMES)
    it(`pattern and second colour: ${kind}`, async () => {
      const wrong: string[] = [];
      for (const style of [0, 1, 2])
        for (const spec of products(kind, style)) {
          const { pattern, second_colour } = textOf(spec).attributes;
          const told = `${spec.productId}, style ${style}, emblem ${spec.emblem}, ${pattern}`;
          if (pattern !== 'plain') {
            const other = GROCERIES.includes(kind)
              ? LABEL_PATTERNS.find((each) => each !== pattern)!
              : 'plain';
            const share = await changed(spec, { ...spec, pattern: other });
            if (share < SEEN) wrong.push(`${told} is as ${other}: ${share.toFixed(4)}`);
          }
          const share = await changed(spec, withSecond(spec));
          if (second_colour !== '' && share < SEEN) wrong.push(`${told}: second unseen ${share.toFixed(4)}`);
          if (second_colour === '' && share > UNSEEN) wrong.push(`${told}: second seen ${share.toFixed(4)}`);
        }
      expect(wrong).toEqual([]);
    }, 60_000);
});
