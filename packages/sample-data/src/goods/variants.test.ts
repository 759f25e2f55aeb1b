import { describe, expect, it } from 'vitest';
import { GROCERIES, KIND_NAMES, type Kind } from '../catalog/kinds.ts';
import { type ProductSpec, specOf } from '../catalog/product-spec.ts';
import { renderCatalogPicture } from '../studio/catalog-picture.ts';
import { buildGood } from './build-good.ts';

const SIZE = 80;
/** Families in several colours looked at for each style. */
const FAMILIES = 4;
/** Mean difference of the channels over the good, of 255, from which two colours of one product are told apart. */
const VISIBLE = 6;

function colourful(kind: Kind, style: number): ProductSpec[] {
  const found = new Map<string, ProductSpec>();
  for (let seed = 1; found.size < FAMILIES; seed++)
    for (let i = 0; i < 500 && found.size < FAMILIES; i++) {
      const spec = specOf(seed, i);
      if (spec.kind === kind && spec.style === style && spec.variants.length > 1)
        found.set(`${seed} ${spec.family}`, spec);
    }
  return [...found.values()];
}

/** Products whose colours once were nearly the same picture: metal straps and pale dials. */
const ONCE_EQUAL = [1077, 253, 231].map((number) => specOf(1, number - 1));

async function alike(spec: ProductSpec): Promise<string[]> {
  const frames = await Promise.all(
    spec.variants.map(async (each) => renderCatalogPicture(await buildGood(spec, each, 64), 'front', SIZE)),
  );
  const found: string[] = [];
  for (const [i, a] of frames.entries())
    for (const [j, b] of frames.slice(0, i).entries()) {
      let [sum, pixels] = [0, 0];
      for (let p = 0; p < a.mask.length; p++) {
        if (!a.mask[p]) continue;
        pixels += 1;
        for (let c = 0; c < 3; c++) sum += Math.abs(a.rgb[p * 3 + c]! - b.rgb[p * 3 + c]!) / 3;
      }
      if (sum / pixels < VISIBLE)
        found.push(`${spec.productId} ${j + 1}/${i + 1}: ${(sum / pixels).toFixed(1)}`);
    }
  return found;
}

describe('two colours of a product', () => {
  it('are two pictures where they once were one', async () => {
    for (const spec of ONCE_EQUAL) expect(await alike(spec)).toEqual([]);
  });

  for (const kind of KIND_NAMES.filter((each) => !GROCERIES.includes(each)))
    it(`can be told apart in every cut: ${kind}`, async () => {
      const found: string[] = [];
      for (const style of [0, 1, 2])
        for (const spec of colourful(kind, style)) found.push(...(await alike(spec)));
      expect(found).toEqual([]);
    }, 60_000);
});
