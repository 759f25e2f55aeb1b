import sharp from 'sharp';
import { type ProductSpec, placeInFamily, specOf, type Variant } from './catalog/product-spec.ts';
import { type ProductText, textOf } from './catalog/product-text.ts';
import { buildGood, type Good, textureFor } from './goods/build-good.ts';
import { Random } from './random.ts';
import { STREET_GROUPS, type StreetGroup } from './street/groups.ts';
import { renderStreetPhoto, type StreetTruth } from './street/street-photo.ts';
import { renderCatalogPicture, VIEWS, type View } from './studio/catalog-picture.ts';
import { isTestFamily } from './write/split.ts';

export type SampleOptions = {
  products: number;
  seed: number;
  /** Longer side of the pictures, px. */
  size: number;
  /** Longer side of the street photos, px; `size` but at most 900 when left out. */
  streetSize?: number | undefined;
  catalogViews: number;
  streetPhotos: number;
};
export type SamplePicture = { name: string; variantId: string; view: View; jpeg: Buffer };
export type SampleStreet = { name: string; group: StreetGroup; truth: StreetTruth[]; jpeg: Buffer };
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

/** One product of a sample, whatever was made before it: its catalogue pictures and street photos. */
export async function sampleProduct(options: SampleOptions, index: number): Promise<SampleProduct> {
  const spec = specOf(options.seed, index);
  const built = new Map<Variant, Promise<Good>>();
  const goodOf = (variant: Variant): Promise<Good> => {
    const known = built.get(variant) ?? buildGood(spec, variant, textureFor(options.size));
    built.set(variant, known);
    return known;
  };
  const pictures: SamplePicture[] = [];
  for (const { variant, view } of shotList(spec, options.catalogViews)) {
    const frame = renderCatalogPicture(await goodOf(variant), view, options.size);
    const raw = { width: frame.width, height: frame.height, channels: 3 as const };
    const jpeg = await sharp(Buffer.from(frame.rgb.buffer), { raw }).jpeg({ quality: 88 }).toBuffer();
    const colour = spec.variants.indexOf(variant) + 1;
    pictures.push({
      name: `${spec.productId}/${colour}-${view}.jpg`,
      variantId: variant.variantId,
      view,
      jpeg,
    });
  }
  const street: SampleStreet[] = [];
  for (let shot = 0; shot < options.streetPhotos; shot++)
    street.push(await streetOf(options, { spec, shot, goodOf }));
  return { spec, text: textOf(spec), pictures, street };
}

/** Which pictures a product has: its colours in turn, each from the next side. */
export function shotList(spec: ProductSpec, count: number): { variant: Variant; view: View }[] {
  const colours = spec.variants.length;
  return Array.from({ length: Math.min(count, colours * VIEWS.length) }, (_, i) => ({
    variant: spec.variants[i % colours] as Variant,
    view: VIEWS[Math.floor(i / colours)] as View,
  }));
}

/** What makes the n-th photo of a product hard: a good third are plain, the others are even. */
export function groupOf(spec: ProductSpec, shot: number): StreetGroup {
  const r = new Random('group', spec.productId, shot);
  return r.chance(0.36) ? 'plain' : r.pick(STREET_GROUPS.slice(1));
}

async function streetOf(
  options: SampleOptions,
  how: { spec: ProductSpec; shot: number; goodOf: (v: Variant) => Promise<Good> },
): Promise<SampleStreet> {
  const { spec, shot } = how;
  const asked = groupOf(spec, shot);
  const r = new Random('shot', spec.productId, shot);
  const shown = Math.max(1, Math.min(spec.variants.length, options.catalogViews || 1));
  const variant = spec.variants[r.int(shown)] as Variant;
  const size = options.streetSize ?? Math.min(options.size, 900);
  const company = asked === 'several' ? 1 + r.int(3) : asked === 'shelf' ? 4 : 0;
  const goods = asked === 'none' ? [] : [await how.goodOf(variant)];
  for (let i = 1; i <= company; i++) {
    const families = goods.map((good) => good.spec.family);
    const other = companion(options, spec.index + 7 * i + r.int(5), families);
    if (other) goods.push(await buildGood(other, other.variants[0], textureFor(size / 3)));
  }
  // A shop so small that nothing can stand beside it.
  const group = asked === 'several' && goods.length < 2 ? 'plain' : asked;
  const photo = await renderStreetPhoto(goods, { seed: `${spec.productId}/${shot}`, group, size });
  return { name: `street/${spec.productId}-${shot + 1}.jpg`, group, ...photo };
}

/**
 * A product from the i-th on that may stand beside those of some families: of none of them, and of the same side of the
 * split, so that no picture of a test family is ever trained on. Null when a round through the catalogue has none.
 */
function companion(
  { seed, products }: SampleOptions,
  from: number,
  families: readonly number[],
): ProductSpec | null {
  const side = isTestFamily(families[0] ?? 0);
  for (let step = 0; step < Math.min(products, FARTHEST); step++) {
    const index = (from + step) % products;
    const { family } = placeInFamily(index);
    if (isTestFamily(family) === side && !families.includes(family)) return specOf(seed, index);
  }
  return null;
}
/** Families of one side lie near each other; no search goes farther than this. */
const FARTHEST = 60;
