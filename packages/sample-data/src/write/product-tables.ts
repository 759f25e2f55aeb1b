import path from 'node:path';
import sharp from 'sharp';
import { GROCERIES } from '../catalog/kinds.ts';
import { placeInFamily, specOf } from '../catalog/product-spec.ts';
import { ATTRIBUTES, textOf } from '../catalog/product-text.ts';
import { PALETTE } from '../colour.ts';
import type { SampleOptions, SampleProduct, SampleStreet } from '../generate.ts';
import { isTestFamily } from './split.ts';
import { type Cell, createTable, LineFile } from './table.ts';

export const CATALOG_HEADER = [
  'product_id',
  'variant_id',
  'image',
  'title',
  'description',
  'category',
  'price',
  ...ATTRIBUTES.map((name) => `attr.${name}`),
] as const;
export const QUERY_HEADER = ['image', 'product_id', 'variant_id', 'groups', 'x1', 'y1', 'x2', 'y2'] as const;
export const VARIANT_HEADER = [
  'variant_id',
  'product_id',
  'image',
  'colour',
  'colour_zh',
  'second_colour',
  'accent_colour',
] as const;

export type ProductTables = Record<'catalog' | 'variants' | 'queries' | 'train' | 'truth', LineFile>;

export async function createProductTables(out: string): Promise<ProductTables> {
  const table = (name: string, header: readonly string[]): Promise<LineFile> =>
    createTable(path.join(out, name), header);
  return {
    catalog: await table('catalog.csv', CATALOG_HEADER),
    variants: await table('variants.csv', VARIANT_HEADER),
    queries: await table('queries.csv', QUERY_HEADER),
    train: await table('train.csv', QUERY_HEADER),
    truth: await LineFile.create(path.join(out, 'truth.jsonl')),
  };
}

/** Everything that the files tell of one product and its photos. */
export async function tell(
  tables: ProductTables,
  sample: Pick<SampleOptions, 'products' | 'seed'>,
  product: SampleProduct,
): Promise<void> {
  for (const row of catalogRows(product)) await tables.catalog.row(row);
  for (const row of variantRows(product)) await tables.variants.row(row);
  const table = isTestFamily(product.spec.family) ? tables.queries : tables.train;
  for (const photo of product.street) {
    const groups = groupsOf(product, photo, sample.products);
    await table.row(queryRow(photo, groups));
    await tables.truth.json(await truthOf(product, photo, { groups, seed: sample.seed }));
  }
}

/**
 * One row a colour that has pictures, so that an import knows which variant each picture shows; each tells of its own
 * colour. An import keeps the first row's text and attributes for the product.
 */
function catalogRows({ spec, pictures }: SampleProduct): Cell[][] {
  const shown = spec.variants.filter((variant) =>
    pictures.some((each) => each.variantId === variant.variantId),
  );
  return (shown.length > 0 ? shown : [spec.variants[0]]).map((variant) => {
    const text = textOf(spec, variant);
    return [
      spec.productId,
      variant.variantId,
      namesOf(pictures, variant.variantId),
      text.title,
      text.description,
      text.category,
      text.price.toFixed(2),
      ...ATTRIBUTES.map((name) => text.attributes[name]),
    ];
  });
}

function variantRows({ spec, pictures }: SampleProduct): Cell[][] {
  return spec.variants.map(({ variantId, colours }) => {
    const named = (index: number) => PALETTE[index] ?? PALETTE[0];
    return [
      variantId,
      spec.productId,
      namesOf(pictures, variantId),
      named(colours.main).name,
      named(colours.main).zh,
      named(colours.second).name,
      named(colours.accent).name,
    ];
  });
}

const namesOf = (pictures: SampleProduct['pictures'], variantId: string): string =>
  pictures
    .filter((each) => each.variantId === variantId)
    .map((each) => each.name)
    .join('|');

/** What makes the photo hard; `siblings` = the shop holds a twin but for one detail, `packages` = told apart by print alone. */
function groupsOf({ spec }: SampleProduct, { group, truth }: SampleStreet, products: number): string[] {
  if (truth.length === 0) return [group];
  const twin = [spec.index - 1, spec.index + 1].some(
    (index) => index >= 0 && index < products && placeInFamily(index).family === spec.family,
  );
  return [group, ...(twin ? ['siblings'] : []), ...(GROCERIES.includes(spec.kind) ? ['packages'] : [])];
}

function queryRow({ name, truth: [wanted] }: SampleStreet, groups: readonly string[]): Cell[] {
  const box = wanted ? wanted.box.map((value) => value.toFixed(5)) : ['', '', '', ''];
  return [name, wanted?.productId ?? '', wanted?.variantId ?? '', groups.join('|'), ...box];
}

async function truthOf(
  { spec }: SampleProduct,
  photo: SampleStreet,
  how: { groups: readonly string[]; seed: number },
): Promise<unknown> {
  const { width, height } = await sharp(photo.jpeg).metadata();
  return {
    image: photo.name,
    width,
    height,
    group: photo.group,
    groups: how.groups,
    split: isTestFamily(spec.family) ? 'queries' : 'train',
    objects: photo.truth.map(({ productId, variantId, box }, i) => {
      const shown = specOf(how.seed, Number(productId.split('-').at(-1)) - 1);
      return {
        product_id: productId,
        variant_id: variantId,
        family: shown.family,
        kind: shown.kind,
        wanted: i === 0 && productId === spec.productId,
        box: box.map((value) => Number(value.toFixed(5))),
      };
    }),
  };
}
