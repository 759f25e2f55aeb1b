import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Registry } from './registry.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(path.join(os.tmpdir(), 'likeness-registry-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const settings = { threads: 1, hnswFrom: 1000, buildIndex: () => Promise.resolve(), report: () => {} };
const point = { id: 'img_1', product: 'prd_1', hash: '', attributes: {} };

describe('the registry of collections', () => {
  it('lets go of idle collections only, and opens them again with all that was written', async () => {
    const registry = new Registry(data, settings);
    await registry.create('busy-one', 2).upsert([point], Float32Array.of(1, 0));
    const early = Date.now() - 1000;
    expect(registry.closeIdle(early)).toEqual([]);
    expect(registry.closeIdle(Date.now() + 1)).toEqual(['busy-one']);
    expect(registry.get('busy-one').stats()).toMatchObject({ points: 1, delta: 1 });
  });

  it('never closes a collection that is being sealed', async () => {
    let finish = (): void => {};
    const built = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const registry = new Registry(data, { ...settings, hnswFrom: 0, buildIndex: () => built });
    const collection = registry.create('slow-one', 2);
    await collection.upsert([point], Float32Array.of(1, 0));
    const sealed = collection.seal();
    expect(registry.closeIdle(Date.now() + 1)).toEqual([]);
    finish();
    await sealed.catch(() => {}); // this builder wrote no file
    expect(registry.closeIdle(Date.now() + 1)).toEqual(['slow-one']);
  });

  it('a collection dropped while it is written to or sealed refuses, and leaves nothing behind', async () => {
    const registry = new Registry(data, settings);
    const collection = registry.create('going-one', 2);
    await collection.upsert([point], Float32Array.of(1, 0));
    const sealed = collection.seal();
    expect(registry.drop('going-one')).toBe(true);
    await expect(sealed).rejects.toThrow();
    await expect(collection.upsert([point], Float32Array.of(1, 0))).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(registry.list()).toEqual([]);
    expect(registry.create('going-one', 3).stats()).toMatchObject({ points: 0, dims: 3 });
  });
});
