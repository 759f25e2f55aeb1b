import { describe, expect, it } from 'vitest';
import { KIND_NAMES, type Kind } from '../catalog/kinds.ts';
import { type ProductSpec, specOf } from '../catalog/product-spec.ts';
import type { Frame } from '../render/render.ts';
import { renderCatalogPicture } from '../studio/catalog-picture.ts';
import { buildGood, textureFor } from './build-good.ts';

const SIZE = 800;
/** Mean difference of the channels inside the detail's box, of 255: what a person sees side by side. */
const VISIBLE = 6;
/** Share of pixels beside the box that may differ: where the texture's smaller levels reach over its edge. */
const STRAY = 0.0002;

/** Seed and index of pairs that once were the same picture, or nearly: caps with a coloured panel, beanies. */
const ONCE_EQUAL = [
  [6, 10],
  [12, 313],
  [1, 140],
  [5, 270],
] as const;

const draw = async (spec: ProductSpec): Promise<Frame> =>
  renderCatalogPicture(await buildGood(spec, spec.variants[0], textureFor(SIZE)), 'front', SIZE);

function siblings(kind: Kind, style: number): [ProductSpec, ProductSpec] {
  for (let i = 0; ; i++) {
    const [a, b] = [specOf(1, i), specOf(1, i + 1)];
    if (a.kind === kind && a.style === style && a.family === b.family) return [a, b];
  }
}

describe('two siblings', () => {
  for (const [i, kind] of KIND_NAMES.entries())
    it(
      `differ visibly in their one detail and nowhere else: ${kind}`,
      () => judge(siblings(kind, i % 3)),
      60_000,
    );

  for (const [seed, i] of ONCE_EQUAL)
    it(
      `differ where they once did not: seed ${seed}, ${i + 1}`,
      () => judge([specOf(seed, i), specOf(seed, i + 1)]),
      60_000,
    );
});

async function judge([a, b]: readonly [ProductSpec, ProductSpec]): Promise<void> {
  const { detail: one, index: _a, productId: _b, variants: _c, ...rest } = a;
  expect(b).toMatchObject(rest);
  expect(b.detail).not.toBe(one);
  const [x, y] = [await draw(a), await draw(b)];
  let [inside, boxed, stray] = [0, 0, 0];
  for (let at = 0; at < x.mask.length; at++) {
    let apart = 0;
    for (let c = 0; c < 3; c++)
      apart += Math.abs((x.rgb[at * 3 + c] as number) - (y.rgb[at * 3 + c] as number)) / 3;
    if (x.detail[at]) {
      inside += apart;
      boxed += 1;
    } else if (apart > 2) stray += 1;
  }
  expect(boxed).toBeGreaterThan(400);
  expect(inside / boxed).toBeGreaterThan(VISIBLE);
  expect(stray / x.mask.length).toBeLessThan(STRAY);
}
