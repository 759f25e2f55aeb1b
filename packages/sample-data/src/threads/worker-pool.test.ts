import { describe, expect, it } from 'vitest';
import { WorkerPool } from './worker-pool.ts';

const pool = (size = 2) =>
  new WorkerPool<string, string>(new URL('./testing/echo-worker.ts', import.meta.url), size);

describe('a pool of threads', () => {
  it('does more jobs than it has threads and takes the next after one that failed', async () => {
    const threads = pool();
    const jobs = ['a', 'b', 'fail', 'c', 'd', 'e'].map((job) => threads.run(job));
    const done = await Promise.allSettled(jobs);
    await threads.close();
    expect(done.map((each) => (each.status === 'fulfilled' ? each.value : each.reason.message))).toEqual([
      'a',
      'b',
      'as told',
      'c',
      'd',
      'e',
    ]);
  });

  it.each([
    ['throw', /A thread died: out of nowhere/],
    ['exit', /ended with code 3/],
  ])('says so when a thread dies (%s), and nothing hangs', async (death, words) => {
    const threads = pool();
    const [hanging, dying] = [threads.run('hang'), threads.run(death)];
    await expect(dying).rejects.toThrow(words);
    await expect(hanging).rejects.toThrow(words);
    await expect(threads.run('late')).rejects.toThrow(words);
    await threads.close();
  });

  it('refuses what is not done when it is closed', async () => {
    const threads = pool(1);
    const jobs = [threads.run('hang'), threads.run('waits')].map((job) =>
      expect(job).rejects.toThrow(/closed/),
    );
    await threads.close();
    await Promise.all(jobs);
  });

  it('needs a thread', () => {
    expect(() => pool(0)).toThrow(RangeError);
  });
});
