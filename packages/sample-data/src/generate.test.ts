import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sampleProduct } from './generate.ts';
import { KINDS, specOf } from './product-spec.ts';
import { renderCatalogPicture } from './render-catalog.ts';
import { renderStreetPhoto, STREET_GROUPS } from './street/render-street.ts';

const options = { products: 60, seed: 5, size: 320, catalogViews: 2, streetPhotos: 1 };

describe('sample products', () => {
  it('the same seed gives the same bytes, in any order', async () => {
    const later = await sampleProduct(options, 7);
    const first = await sampleProduct(options, 3);
    const again = await sampleProduct(options, 7);
    expect(
      again.pictures.map((picture) =>
        picture.jpeg.equals(
          later.pictures.find((each) => each.name === picture.name)?.jpeg ?? Buffer.alloc(0),
        ),
      ),
    ).toEqual([true, true]);
    expect(again.street[0]?.jpeg.equals(later.street[0]?.jpeg ?? Buffer.alloc(0))).toBe(true);
    expect(first.spec.productId).not.toBe(later.spec.productId);
  });

  it('every kind is drawn and fills the box that the truth names', async () => {
    const seen = new Set<string>();
    for (let index = 0; index < KINDS.length * 3; index += 3) {
      const spec = specOf(5, index);
      seen.add(spec.kind);
      const { data, info } = await sharp(await renderCatalogPicture(spec, { view: 'front', size: 200 }))
        .greyscale()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const values = [...data];
      expect([spec.kind, Math.max(...values) - Math.min(...values) > 40, info.width]).toEqual([
        spec.kind,
        true,
        200,
      ]);
    }
    expect(seen.size).toBe(KINDS.length);
  });

  it('street photos name every product with its box inside the picture, and `none` names nobody', async () => {
    const spec = specOf(5, 9);
    const others = [specOf(5, 20), specOf(5, 40)];
    for (const group of STREET_GROUPS) {
      const photo = await renderStreetPhoto(spec, { others, group, shot: 0, size: 240 });
      expect([group, photo.truth.length]).toEqual([
        group,
        group === 'none' ? 0 : group === 'several' ? 3 : 1,
      ]);
      for (const { box } of photo.truth) {
        expect(box.every((value) => value >= 0 && value <= 1)).toBe(true);
        expect(box[0] < box[2] && box[1] < box[3]).toBe(true);
      }
    }
  });

  it('siblings of a family differ in one detail that can be seen, and are equal elsewhere', async () => {
    const [a, b] = [specOf(5, 0), specOf(5, 1)];
    expect([a.family, a.kind, a.main, a.pattern]).toEqual([b.family, b.kind, b.main, b.pattern]);
    expect(a.detail).not.toBe(b.detail);
    const draw = async (spec: typeof a) =>
      sharp(await renderCatalogPicture({ ...spec, productId: 'same' }, { view: 'front', size: 800 }))
        .raw()
        .toBuffer();
    const [x, y] = await Promise.all([draw(a), draw(b)]);
    const differing =
      x.reduce((sum, value, i) => sum + (Math.abs(value - (y[i] ?? 0)) > 24 ? 1 : 0), 0) / x.length;
    expect(differing).toBeGreaterThan(0.001);
    expect(differing).toBeLessThan(0.12);
  });
});
