import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { FIRST_PRODUCTS } from '../../scripts/launch/sample-files.ts';
import { launchFlags } from '../../scripts/setup/launch-flags.mjs';
import { atMost, type Part } from './part.ts';

const SECONDS = 15;

/** Seconds from the start of a fresh process until a shop's first sample is on disk, on as many threads as a start takes. */
export async function startFresh(): Promise<Part> {
  const script = fileURLToPath(new URL('./first-sample.ts', import.meta.url));
  const began = performance.now();
  const { status } = spawnSync(process.execPath, [...launchFlags, script], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const seconds = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(`the first sample ended with ${status}`);
  return atMost({
    name: `${FIRST_PRODUCTS} products and 6 street photos written, fresh process`,
    unit: 's',
    ours: seconds,
    most: SECONDS,
  });
}
