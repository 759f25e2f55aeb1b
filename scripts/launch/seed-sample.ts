import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Rest } from './rest.ts';
import { firstSampleFiles, grownSample } from './sample-files.ts';
import { buildSample, evaluateSample, importSample, sampleIsLive } from './sample-shop.ts';
import type { Settings } from './settings.ts';

/** Before the product is ready: the first products with one picture each, imported, built and live. */
export async function seedSample(settings: Settings, rest: Rest): Promise<void> {
  if (await sampleIsLive(rest)) return;
  const files = await firstSampleFiles(settings.data);
  await importSample(rest, files);
  await buildSample(rest);
}

/** After that, in the background and once: a test set of street photos, then the rest of the sample catalogue. */
export async function growSample(
  settings: Settings,
  rest: Rest,
  started: (pid: number) => void,
): Promise<void> {
  const { files, args, mark } = grownSample(settings.data);
  if (existsSync(mark)) return;
  try {
    await evaluateSample(rest, await firstSampleFiles(settings.data), 'First street photos').catch(() => {});
    await render(settings, args, started);
    await importSample(rest, files);
    await buildSample(rest);
    await evaluateSample(rest, files, 'Street photos');
    writeFileSync(mark, '');
  } catch (error) {
    process.stderr.write(
      `The sample catalogue did not grow: ${(error as Error).message}. The next start tries again.\n`,
    );
  }
}

/** In a process of low priority: a newcomer's first searches come first. */
function render(settings: Settings, args: readonly string[], started: (pid: number) => void): Promise<void> {
  const main = path.join(settings.root, 'packages/sample-data/src/main.ts');
  const child = spawn(process.execPath, [main, ...args], { stdio: 'ignore' });
  if (child.pid) {
    os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW);
    started(child.pid);
  }
  return new Promise((resolve, reject) => {
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`rendering ended with ${code}`)),
    );
  });
}
