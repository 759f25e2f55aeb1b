import { createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { zipFolder } from '@likeness/cli/zip-folder';
import { runImport } from '@likeness/core/import/run-import';
import { startImport } from '@likeness/core/import/start-import';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openUploads } from '../../apps/web/src/server/public-api/steps/upload-sink.ts';
import { COLOURS, drawGood } from '../support/drawn-goods.ts';
import { handlers } from '../support/small-shop.ts';
import { type Stack, startStack } from '../support/stack.ts';

describe('progress of an import', () => {
  let stack: Stack;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-progress-'));
  beforeAll(async () => {
    stack = await startStack();
  }, 60_000);
  afterAll(async () => {
    await stack?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('moves while pictures are taken, though all rows fit into one batch', async () => {
    const ctx = await stack.tenant('progress');
    const products = Object.entries(COLOURS);
    for (const [name, colour] of products) {
      mkdirSync(path.join(folder, name));
      for (let i = 0; i < 4; i++)
        writeFileSync(path.join(folder, name, `${i}.jpg`), await drawGood(colour, i));
    }
    const zip = await zipFolder(folder);
    const archive = await openUploads(ctx).take({ name: 'images.zip', stream: createReadStream(zip.file) });
    await startImport(ctx, { catalog: 'shop', table: null, archive, mapping: {} });
    const seen: { done: number; total: number }[] = [];
    const result = await stack.work(ctx, {
      ...handlers,
      'import-catalog': (run) =>
        runImport({
          ...run,
          progress: (at) => {
            seen.push(at);
            run.progress(at);
          },
        }),
    });
    await zip.remove();
    expect(result).toMatchObject({ products: products.length, images: products.length * 4, rejected: [] });
    expect(seen[0]).toEqual({ phase: 'import', done: 0, total: products.length });
    expect(new Set(seen.map(({ done }) => done)).size).toBe(products.length + 1);
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(seen.at(-1)?.done).toBe(products.length);
  }, 60_000);
});
