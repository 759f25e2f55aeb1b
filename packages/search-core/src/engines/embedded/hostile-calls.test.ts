import { encodeFrame } from '@likeness/contracts/engine-frame';
import fc from 'fast-check';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, startEngineProcess } from '../../testing/engine-process.ts';
import { createEmbeddedEngine } from './embedded-engine.ts';

const NAME = 'hostile';

describe('calls that no client of ours would make', () => {
  let server: EngineProcess;
  beforeAll(async () => {
    server = await startEngineProcess();
    await createEmbeddedEngine({ url: server.url }).create(NAME, 4);
  });
  afterAll(() => server.stop());

  type Method = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH';
  async function send(method: Method, path: string, body?: Buffer | string): Promise<number> {
    const answer = await request(`${server.url}${path}`, { method, body: body ?? null });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) {
      expect(answer.statusCode, `${method} ${path}: ${text}`).toBeLessThan(500);
      expect(JSON.parse(text)).toMatchObject({
        error: { code: expect.any(String), request_id: expect.any(String) },
      });
    }
    return answer.statusCode;
  }

  it('bytes that are no frame are a typed 400', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect(await send('POST', `/collections/${NAME}/search`, Buffer.from(bytes))).toBe(400);
        expect(await send('POST', `/collections/${NAME}/points`, Buffer.from(bytes))).toBe(400);
      }),
      { numRuns: 50 },
    );
  });

  it('any JSON as a header, a filter, a list of points or a body is answered or a typed 4xx', async () => {
    const vector = Float32Array.of(1, 0, 0, 0);
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), async (value) => {
        await send('POST', `/collections/${NAME}/search`, encodeFrame(value, vector));
        await send(
          'POST',
          `/collections/${NAME}/search`,
          encodeFrame({ dims: 4, limit: 1, filter: value }, vector),
        );
        await send('POST', `/collections/${NAME}/search`, encodeFrame({ dims: 4, limit: value }, vector));
        await send('POST', `/collections/${NAME}/points`, encodeFrame({ dims: 4, points: value }, vector));
        await send('POST', `/collections/${NAME}/delete`, JSON.stringify(value));
        await send('PUT', `/collections/${NAME}`, JSON.stringify(value));
      }),
      { numRuns: 40 },
    );
  });

  it('a filter nested 200,000 deep, and one with a million values, are refused before they are worked on', async () => {
    const frame = (filter: string): Buffer => {
      const json = Buffer.from(`{"dims":4,"limit":1,"filter":${filter}}`);
      const head = Buffer.alloc(4 + Math.ceil(json.length / 4) * 4);
      head.writeUInt32LE(json.length, 0);
      json.copy(head, 4);
      return Buffer.concat([head, Buffer.from(Float32Array.of(1, 0, 0, 0).buffer)]);
    };
    const deep = `${'{"not":'.repeat(200_000)}{"a":1}${'}'.repeat(200_000)}`;
    const wide = `{"a":{"in":[${new Array(1_000_000).fill('1').join(',')}]}}`;
    for (const filter of [deep, wide]) {
      const began = performance.now();
      expect(await send('POST', `/collections/${NAME}/search`, frame(filter))).toBe(400);
      expect(performance.now() - began).toBeLessThan(2000);
    }
  });

  it('paths and methods that do not exist are 404 or 405', async () => {
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/etc/passwd'],
      ['POST', '/collections'],
      ['PATCH', `/collections/${NAME}`],
      ['GET', `/collections/${NAME}/points`],
      ['POST', `/collections/${NAME}/search/more`],
      ['GET', '/collections/%ff'],
      ['GET', '/collections/%2e%2e%2fcollection.json'],
      ['DELETE', '/collections/..%2f..%2ftmp'],
    ] as const)
      expect([400, 404, 405], path).toContain(await send(method, path));
  });

  it('after all of it the engine still answers', async () => {
    expect(await createEmbeddedEngine({ url: server.url }).list()).toEqual([NAME]);
  });
});
