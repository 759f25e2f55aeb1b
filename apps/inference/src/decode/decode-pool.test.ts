import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DecodePool } from './decode-pool.ts';

let picture: Buffer;
let pool: DecodePool;
const lane = { lane: 'interactive' } as const;

beforeAll(async () => {
  picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#c22525' } })
    .jpeg()
    .toBuffer();
});
afterEach(() => pool?.close());

describe('decoding children', () => {
  test('are replaced after their number of pictures, and no picture is refused or lost for it', async () => {
    pool = new DecodePool({ processes: 2, seconds: 5, megabytes: 1024, pictures: 3 });
    const frames = await Promise.all(
      Array.from({ length: 60 }, () => pool.run({ task: 'decode' }, picture, lane)),
    );
    expect(frames.map(({ header }) => header.width)).toEqual(Array(60).fill(64));
    expect(pool.kills).toBe(0);
  }, 60_000);

  test('that are killed for one picture leave those that wait to another child', async () => {
    pool = new DecodePool({ processes: 1, seconds: 0.001, megabytes: 1024 });
    const slow = pool.run({ task: 'decode' }, picture, lane);
    const waiting = pool.run({ task: 'decode' }, picture, lane);
    const answers = Promise.allSettled([slow, waiting]);
    // Both are beyond the time, each in a child of its own; neither is forgotten.
    expect(await Promise.race([answers, sleep(5000).then(() => 'forgotten')])).toMatchObject([
      { status: 'rejected', reason: { code: 'image_timeout' } },
      { status: 'rejected', reason: { code: 'image_timeout' } },
    ]);
    expect(pool.kills).toBe(2);
  }, 20_000);
});
