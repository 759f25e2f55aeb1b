import { availableParallelism } from 'node:os';
import type { SampleOptions, SampleProduct } from '../generate.ts';
import type { RenderJob } from './render-worker.ts';
import { WorkerPool } from './worker-pool.ts';

export type Threads = {
  /** 1 or more; the number of cores by default, but at most eight. */
  threads?: number;
};

const MOST = 8;
/** Products under way for each thread: one that is drawn and one that waits, so that none stands idle. */
const AHEAD = 2;

/** All products of a sample in the order of their index, drawn by several threads; memory stays flat however many. */
export function generateInThreads(
  options: SampleOptions,
  how: Threads = {},
): AsyncGenerator<SampleProduct, void, undefined> {
  return renderProducts(options, upTo(options.products), how);
}

/**
 * The products of some indices, in the order asked for, drawn by several threads: the same bytes as `sampleProduct`.
 * `options` may differ by product. A consumer that stops early (`break`, `return`) ends the threads.
 * Errors: a product that cannot be drawn and a thread that dies end the stream.
 */
export async function* renderProducts(
  options: SampleOptions | ((index: number) => SampleOptions),
  indices: Iterable<number>,
  { threads = Math.min(MOST, availableParallelism()) }: Threads = {},
): AsyncGenerator<SampleProduct, void, undefined> {
  const pool = new WorkerPool<RenderJob, SampleProduct>(
    new URL('./render-worker.ts', import.meta.url),
    threads,
  );
  const underWay: Promise<SampleProduct>[] = [];
  try {
    for (const index of indices) {
      const wanted = typeof options === 'function' ? options(index) : options;
      const product = pool.run({ options: wanted, index });
      // One that fails while others are waited for is reported in its turn.
      product.catch(() => undefined);
      underWay.push(product);
      if (underWay.length >= threads * AHEAD)
        yield received(await (underWay.shift() as Promise<SampleProduct>));
    }
    for (const product of underWay) yield received(await product);
  } finally {
    await pool.close();
  }
}

function* upTo(count: number): Generator<number> {
  for (let index = 0; index < count; index++) yield index;
}

/** A message between threads carries plain arrays of bytes: makes them buffers again. */
function received(product: SampleProduct): SampleProduct {
  const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    ...product,
    pictures: product.pictures.map((picture) => ({ ...picture, jpeg: buffer(picture.jpeg) })),
    street: product.street.map((photo) => ({ ...photo, jpeg: buffer(photo.jpeg) })),
  };
}
