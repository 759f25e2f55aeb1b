import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { type SampleOptions, type SampleProduct, sampleProduct } from '../generate.ts';
import type { Answer, Request } from './worker-pool.ts';

/** A product to draw. */
export type RenderJob = { options: SampleOptions; index: number };

// The threads share the cores already, and no picture is drawn twice.
sharp.concurrency(1);
sharp.cache(false);

parentPort?.on('message', async ({ ticket, job }: Request<RenderJob>) => {
  try {
    const { product, bytes } = movable(await sampleProduct(job.options, job.index));
    parentPort?.postMessage({ ticket, result: product } satisfies Answer<SampleProduct>, bytes);
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const failed = `Product ${job.index} could not be drawn: ${words}`;
    parentPort?.postMessage({ ticket, failed } satisfies Answer<SampleProduct>);
  }
});

/** The product with each JPEG in memory of its own, which can change hands without a copy. */
function movable(product: SampleProduct): { product: SampleProduct; bytes: ArrayBuffer[] } {
  const bytes: ArrayBuffer[] = [];
  const own = (jpeg: Buffer): Buffer => {
    const copy = new ArrayBuffer(jpeg.length);
    bytes.push(copy);
    const buffer = Buffer.from(copy);
    jpeg.copy(buffer);
    return buffer;
  };
  return {
    product: {
      ...product,
      pictures: product.pictures.map((picture) => ({ ...picture, jpeg: own(picture.jpeg) })),
      street: product.street.map((photo) => ({ ...photo, jpeg: own(photo.jpeg) })),
    },
    bytes,
  };
}
