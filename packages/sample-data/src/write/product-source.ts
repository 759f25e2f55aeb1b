import type { SampleOptions, SampleProduct } from '../generate.ts';
import { renderProducts } from '../threads/render-products.ts';

export type SourceOptions = SampleOptions & {
  threads?: number | undefined;
  /** Only these products (by index) have street photos; all of them when left out. */
  streetOf?: readonly number[] | undefined;
};

/** The products of a sample in order, ready to be written. `options` may hold more than a thread can be told. */
export function productSource(options: SourceOptions): AsyncGenerator<SampleProduct, void, undefined> {
  const { products, seed, size, streetSize, catalogViews, streetPhotos, threads, streetOf } = options;
  const wanted = { products, seed, size, streetSize, catalogViews, streetPhotos };
  const optionsOf = (index: number): SampleOptions =>
    !streetOf || streetOf.includes(index) ? wanted : { ...wanted, streetPhotos: 0 };
  return renderProducts(optionsOf, upTo(products), threads === undefined ? {} : { threads });
}

function* upTo(count: number): Generator<number> {
  for (let index = 0; index < count; index++) yield index;
}
