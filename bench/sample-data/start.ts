import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { atMost, type Part, THREADS } from './part.ts';

const SECONDS = 15;
const PRODUCTS = Number(process.env.BENCH_START_PRODUCTS ?? 60);

/** Seconds from the start of a fresh process until a shop's first sample is drawn: 60 products, six street photos. */
export async function startFresh(): Promise<Part> {
  const script = fileURLToPath(new URL('./first-sample.ts', import.meta.url));
  const began = performance.now();
  const { status } = spawnSync(process.execPath, [script, String(PRODUCTS), String(THREADS)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const seconds = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(`the first sample ended with ${status}`);
  return atMost({
    name: `${PRODUCTS} products and 6 street photos, fresh process`,
    unit: 's',
    ours: seconds,
    most: SECONDS,
  });
}
