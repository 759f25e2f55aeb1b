import { generateInThreads } from '@likeness/sample-data/threads/render-products';
import { atMost, type Part, rounded, THREADS } from './part.ts';

const PRODUCTS = Number(process.env.BENCH_MEMORY_PRODUCTS ?? 10_000);
const SIZE = Number(process.env.BENCH_MEMORY_SIZE ?? 64);
/** Memory after all products may be this many times that after the first tenth. */
const GROWTH = 1.25;

/** Resident memory after a tenth of many small products and after all of them, medians over a twentieth. */
export async function watchMemory(): Promise<Part> {
  const tenth = Math.floor(PRODUCTS / 10);
  const options = { products: PRODUCTS, seed: 1, size: SIZE, catalogViews: 1, streetPhotos: 0 };
  const [early, late]: [number[], number[]] = [[], []];
  const began = performance.now();
  for await (const { spec } of generateInThreads(options, { threads: THREADS })) {
    const megabytes = process.memoryUsage.rss() / 1e6;
    if (spec.index >= tenth / 2 && spec.index < tenth) early.push(megabytes);
    else if (spec.index >= PRODUCTS - tenth / 2) late.push(megabytes);
  }
  const [first, last] = [median(early), median(late)];
  return atMost(
    {
      name: `memory after ${PRODUCTS} products over that after ${tenth}, ${SIZE} px, catalogue pictures only, not written`,
      unit: 'times',
      ours: last / first,
      most: GROWTH,
    },
    {
      firstMb: rounded(first, 0),
      lastMb: rounded(last, 0),
      productsPerSecond: rounded((PRODUCTS * 1000) / (performance.now() - began)),
    },
  );
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
