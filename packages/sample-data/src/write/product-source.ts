import type { SampleOptions, SampleProduct } from '../generate.ts';
import { generateInThreads } from '../threads/render-products.ts';

/** The products of a sample in order, ready to be written. `options` may hold more than a thread can be told. */
export function productSource(
  options: SampleOptions,
  how: { threads?: number | undefined },
): AsyncGenerator<SampleProduct, void, undefined> {
  const { products, seed, size, catalogViews, streetPhotos } = options;
  const wanted = { products, seed, size, catalogViews, streetPhotos };
  return generateInThreads(wanted, how.threads === undefined ? {} : { threads: how.threads });
}
