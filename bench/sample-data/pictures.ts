import { renderProducts } from '@likeness/sample-data/threads/render-products';
import { atMost, type Part, rounded, THREADS } from './part.ts';

const ALL = 500;
/** How many of the 500 are drawn; the rest is reckoned from them, the threads' start included. */
const PRODUCTS = Number(process.env.BENCH_PRODUCTS ?? 100);
const SECONDS = 600;

/** Seconds for 500 products of 800 px, from a share of them that is spread over all kinds. */
export async function drawPictures(): Promise<Part> {
  const options = { products: ALL, seed: 1, size: 800, catalogViews: 3, streetPhotos: 2 };
  const indices = Array.from({ length: PRODUCTS }, (_, i) => Math.floor((i * ALL) / PRODUCTS));
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  let pictures = 0;
  for await (const product of renderProducts(options, indices, { threads: THREADS }))
    pictures += product.pictures.length + product.street.length;
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(cpu);
  return atMost(
    {
      name: `500 × (3 + 2) at 800 px, reckoned from ${PRODUCTS} drawn and not written`,
      unit: 's',
      ours: (seconds * ALL) / PRODUCTS,
      most: SECONDS,
    },
    {
      drawn: pictures,
      imagesPerSecond: rounded(pictures / seconds),
      cpuSecondsPerImage: rounded((used.user + used.system) / 1e6 / pictures, 3),
      threads: THREADS,
    },
  );
}
