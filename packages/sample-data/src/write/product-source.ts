import type { SampleOptions, SampleProduct } from '../generate.ts';
import { generateInThreads } from '../threads/render-products.ts';

/** The products of a sample in order. Threads are told what decides the pixels and nothing else: no function can cross. */
export function productSource(
  { products, seed, size, catalogViews, streetPhotos }: SampleOptions,
  { threads }: { threads?: number | undefined },
): AsyncGenerator<SampleProduct> {
  return generateInThreads({ products, seed, size, catalogViews, streetPhotos }, { threads });
}
