import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { freePort, root } from '../support/product.ts';

it('npm start -- --once does the main job and prints the evaluation JSON (contract §1)', async () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'likeness-once-'));
  const env = { ...process.env, LIKENESS_DATA: dataDir, PORT: String(await freePort()) };
  const done = spawnSync(process.execPath, [path.join(root, 'scripts/start.mjs'), '--once'], {
    cwd: root,
    env,
    encoding: 'utf8',
    timeout: 170_000,
  });
  rmSync(dataDir, { recursive: true, force: true });
  expect([done.status, done.stderr.includes('Error')]).toEqual([0, false]);
  expect(JSON.parse(done.stdout)).toMatchObject({
    catalog: 'sample',
    queries: 6,
    engine: 'embedded',
    gallery: { products: 60, images: 60 },
    all: { n: 6 },
  });
}, 180_000);
