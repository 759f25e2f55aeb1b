import type { Box } from '@likeness/contracts/box';
import { type ProductSpec, type ProductText, specOf, textOf } from './product-spec.ts';
import { Random } from './random.ts';
import { renderCatalogPicture, VIEWS } from './render-catalog.ts';
import { renderStreetPhoto, STREET_GROUPS, type StreetGroup } from './street/render-street.ts';

export type SampleOptions = {
  products: number;
  seed: number;
  size: number;
  catalogViews: number;
  streetPhotos: number;
};
export type SamplePicture = { name: string; jpeg: Buffer };
export type SampleStreet = SamplePicture & { group: StreetGroup; truth: { productId: string; box: Box }[] };
export type SampleProduct = {
  spec: ProductSpec;
  text: ProductText;
  pictures: SamplePicture[];
  street: SampleStreet[];
};

/** Products one by one with their pictures, in flat memory; the same options give the same bytes. */
export async function* generateSample(options: SampleOptions): AsyncGenerator<SampleProduct> {
  for (let index = 0; index < options.products; index++) yield sampleProduct(options, index);
}

/** One product of a sample, whatever was made before it. */
export async function sampleProduct(options: SampleOptions, index: number): Promise<SampleProduct> {
  const spec = specOf(options.seed, index);
  const views = VIEWS.slice(0, options.catalogViews);
  const pictures = await Promise.all(
    views.map(async (view) => ({
      name: `${spec.productId}/${view}.jpg`,
      jpeg: await renderCatalogPicture(spec, { view, size: options.size }),
    })),
  );
  const street = await Promise.all(
    Array.from({ length: options.streetPhotos }, (_, shot) => streetOf(options, { spec, shot })),
  );
  return { spec, text: textOf(spec), pictures, street };
}

async function streetOf(
  options: SampleOptions,
  how: { spec: ProductSpec; shot: number },
): Promise<SampleStreet> {
  const { spec, shot } = how;
  const r = new Random('shot', spec.productId, shot);
  const group = r.chance(0.3) ? 'plain' : r.pick(STREET_GROUPS);
  const others = [1, 2].map((step) =>
    specOf(options.seed, (spec.index + step * 17) % Math.max(3, options.products)),
  );
  const photo = await renderStreetPhoto(spec, { others, group, shot, size: Math.min(options.size, 900) });
  return { name: `street/${spec.productId}-${shot + 1}.jpg`, jpeg: photo.jpeg, group, truth: photo.truth };
}
