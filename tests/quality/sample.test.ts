import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { STREET_GROUPS } from '@likeness/sample-data/street/groups';
import { writeSample } from '@likeness/sample-data/write/write-sample';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confusion, type Difficulty, measureDifficulty, recallAt1 } from '../support/sample-difficulty.ts';
import { hasShared } from '../support/shared-data.ts';

const PRODUCTS = 500;

describe.skipIf(!hasShared)('how hard the sample is: 500 products of one seed (needs ../shared)', () => {
  let out: string;
  let measured: Difficulty;

  beforeAll(async () => {
    out = mkdtempSync(path.join(os.tmpdir(), 'likeness-difficulty-'));
    // Small pictures: the encoder sees 224 px anyway.
    await writeSample({ products: PRODUCTS, seed: 1, size: 288, catalogViews: 2, streetPhotos: 2, out });
    measured = await measureDifficulty(out);
    for (const way of ['histogram', 'whole', 'box'] as const)
      process.stdout.write(`sample, ${way}: R@1 ${recallAt1(measured[way]).toFixed(1)} %\n`);
  }, 900_000);
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  it('colours alone do not solve it: R@1 of an HSV histogram ≤ 35 %', () => {
    expect(recallAt1(measured.histogram)).toBeLessThanOrEqual(35);
  });

  it('an ordinary encoder is neither lost nor done: R@1 of MobileNetV2 between 25 and 65 %', () => {
    for (const way of ['whole', 'box'] as const) {
      expect(recallAt1(measured[way])).toBeGreaterThanOrEqual(25);
      expect(recallAt1(measured[way])).toBeLessThanOrEqual(65);
    }
  });

  it('it ranks the three: histogram < encoder, and the true box beats the whole image by 8 points', () => {
    expect(recallAt1(measured.histogram)).toBeLessThan(recallAt1(measured.whole));
    expect(recallAt1(measured.box) - recallAt1(measured.whole)).toBeGreaterThanOrEqual(8);
  });

  it('siblings are confused more often than strangers', () => {
    const { sibling, stranger } = confusion(measured.box, PRODUCTS);
    process.stdout.write(
      `sample: a sibling comes first wrongly ${(sibling / stranger).toFixed(0)} times as often as a stranger\n`,
    );
    expect(sibling).toBeGreaterThan(10 * stranger);
  });

  for (const group of STREET_GROUPS.filter((each) => each !== 'plain' && each !== 'none'))
    it(`is harder than plain: ${group}`, () => {
      const [hard, plain] = [recallAt1(measured.whole, group), recallAt1(measured.whole, 'plain')];
      process.stdout.write(`sample, ${group}: R@1 ${hard.toFixed(1)} % (plain ${plain.toFixed(1)} %)\n`);
      expect(hard).toBeLessThan(plain);
    });
});
