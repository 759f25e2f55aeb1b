import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { likenessJson } from '../support/command-line.ts';
import { type GroceryFiles, writeGrocery } from '../support/grocery.ts';
import { writeLocalizerManifest, writeMobilenetManifest } from '../support/mobilenet.ts';
import { type Product, startProduct } from '../support/product.ts';
import { hasShared } from '../support/shared-data.ts';

type Figures = { n: number; r1: number; r5: number };
type Evaluation = { queries: number; failed: unknown[]; all: Figures; groups: Record<string, Figures> };

/** R@1, R@5 of MobileNetV2, bicubic with libvips' resampler, in per cent, and the tolerance (contract §7). */
const EXPECTED = { all: [30.2, 60.5, 0.5], unseen: [42.6, 69.5, 1.0], packages: [40.0, 74.9, 1.0] } as const;
const percent = (share: number): number => Math.round(share * 1000) / 10;

describe.skipIf(!hasShared)('grocery photos by the command line alone (needs ../shared)', () => {
  let product: Product;
  let folder: string;
  let files: GroceryFiles;
  const run = <T>(...args: string[]): Promise<T> => likenessJson<T>(product.dataDir, args);

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-grocery-'));
    files = writeGrocery(folder);
    product = await startProduct();
  }, 240_000);

  afterAll(async () => {
    await product?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('imports 81 products and rejects none', async () => {
    const result = await run(
      'import',
      'grocery',
      '--csv',
      files.catalogCsv,
      '--images',
      path.join(files.images),
    );
    expect(result).toMatchObject({ products: 81, images: 81, rejected: [] });
  }, 180_000);

  it('MobileNetV2 on whole images reproduces the fixed figures', async () => {
    expect(await run('models', 'add', writeMobilenetManifest(folder))).toEqual({ model_id: 'mobilenet-v2' });
    const build = await run('build', 'grocery', '--embed', 'mobilenet-v2', '--detect', 'none', '--promote');
    expect(build).toMatchObject({ products: 81, images: 81, failed: [] });
    const evaluation = await run<Evaluation>(
      'evaluate',
      'grocery',
      '--queries',
      files.queriesCsv,
      '--images',
      files.images,
      '--crop',
      'none',
    );
    expect(evaluation).toMatchObject({ queries: 2485, failed: [] });
    for (const [name, [r1, r5, tolerance]] of Object.entries(EXPECTED)) {
      const figures = name === 'all' ? evaluation.all : evaluation.groups[name];
      process.stdout.write(
        `grocery ${name}: R@1 ${percent(figures?.r1 ?? 0)} R@5 ${percent(figures?.r5 ?? 0)} (expected ${r1} / ${r5})\n`,
      );
      expect(Math.abs((figures?.r1 ?? 0) * 100 - r1)).toBeLessThanOrEqual(tolerance + 0.05);
      expect(Math.abs((figures?.r5 ?? 0) * 100 - r5)).toBeLessThanOrEqual(tolerance + 0.05);
    }
  }, 900_000);

  it('the localiser with crop auto is not below whole images on packages', async () => {
    await run('models', 'add', writeLocalizerManifest(folder));
    const whole = await run<Evaluation>(
      'evaluate',
      'grocery',
      '--queries',
      files.queriesCsv,
      '--images',
      files.images,
      '--crop',
      'none',
    );
    await run('build', 'grocery', '--embed', 'mobilenet-v2', '--detect', 'object-localizer', '--promote');
    const cropped = await run<Evaluation>(
      'evaluate',
      'grocery',
      '--queries',
      files.queriesCsv,
      '--images',
      files.images,
      '--crop',
      'auto',
    );
    const [before, after] = [whole.groups.packages?.r1 ?? 0, cropped.groups.packages?.r1 ?? 0];
    process.stdout.write(
      `grocery packages with the localiser: R@1 ${percent(after)} (whole image ${percent(before)})\n`,
    );
    expect(after).toBeGreaterThanOrEqual(before);
  }, 900_000);
});
