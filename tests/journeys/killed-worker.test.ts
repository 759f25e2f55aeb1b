import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeSample } from '@likeness/sample-data/write/write-sample';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { likenessJson } from '../support/command-line.ts';
import { type Product, startProduct } from '../support/product.ts';

type Job = {
  state: string;
  progress: { done: number; total: number };
  result?: { products: number; images: number };
};

describe('a worker killed −9 in the middle', () => {
  let product: Product;
  let folder: string;
  const run = <T>(...args: string[]): Promise<T> => likenessJson<T>(product.dataDir, args);

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'likeness-killed-'));
    await writeSample({ products: 130, seed: 11, size: 320, catalogViews: 2, streetPhotos: 0, out: folder });
    product = await startProduct();
  }, 240_000);
  afterAll(async () => {
    await product?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const killWorker = (): void => {
    const processes = JSON.parse(readFileSync(path.join(product.dataDir, 'processes.json'), 'utf8')) as {
      pid: number;
      mark: string;
    }[];
    process.kill(processes.find((each) => each.mark.includes('worker'))?.pid ?? 0, 'SIGKILL');
  };

  /** Kills the worker once the job has begun to move, then waits for its end. */
  async function killAndFinish(jobId: string): Promise<{ job: Job; seconds: number }> {
    for (;;) {
      const job = await run<Job>('job', jobId);
      if (job.progress.done > 0 || job.state !== 'queued') break;
      await sleep(30);
    }
    await sleep(250);
    killWorker();
    const began = Date.now();
    for (;;) {
      const job = await run<Job>('job', jobId);
      if (job.state === 'done' || job.state === 'failed')
        return { job, seconds: (Date.now() - began) / 1000 };
      await sleep(500);
    }
  }

  it('an import goes on where it was: every product and picture once', async () => {
    const { job_id: jobId } = await run<{ job_id: string }>(
      'import',
      'shop',
      '--csv',
      path.join(folder, 'catalog.csv'),
      '--images',
      path.join(folder, 'images'),
      '--no-wait',
    );
    const { job, seconds } = await killAndFinish(jobId);
    expect(job.result).toMatchObject({ products: 130, images: 260 });
    process.stdout.write(`killed import: done ${seconds.toFixed(1)} s after the kill\n`);
  }, 180_000);

  it('a build goes on where it was: nothing lost, nothing twice, and it answers', async () => {
    const { job_id: jobId } = await run<{ job_id: string }>('build', 'shop', '--promote', '--no-wait');
    const { job, seconds } = await killAndFinish(jobId);
    expect(job.result).toMatchObject({ products: 130, images: 260 });
    const found = await run<{ results: { product_id: string }[] }>(
      'search',
      'shop',
      '--product',
      'LK-11-00007',
      '--limit',
      '1',
    );
    expect(found.results[0]?.product_id).toBe('LK-11-00007');
    process.stdout.write(`killed build: done ${seconds.toFixed(1)} s after the kill\n`);
  }, 180_000);
});
