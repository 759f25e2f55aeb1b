import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createEmbeddedEngine } from './embedded-engine.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A client of an engine that behaves as told. */
async function against(listener: RequestListener) {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return createEmbeddedEngine({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

const QUERY = { vector: Float32Array.of(1, 0), request: { limit: 1 } };
const ANSWER = JSON.stringify({ hits: [], facets: null, masked: 0, sealed: true, plan: 'exact', ms: 1 });

describe('the client of the embedded engine', () => {
  it('tries again while the connection breaks, for as long as a restart takes and no longer', async () => {
    let calls = 0;
    const engine = await against((request, response) => {
      calls += 1;
      if (calls === 1) request.socket.destroy();
      else response.end(ANSWER);
    });
    expect(await engine.search('abc', QUERY)).toMatchObject({ plan: 'exact' });
    expect(calls).toBe(2);
    let broken = 0;
    const gone = await against((request) => {
      broken += 1;
      request.socket.destroy();
    });
    await expect(gone.search('abc', QUERY)).rejects.toMatchObject({
      code: 'engine_unavailable',
      status: 503,
    });
    expect(broken).toBeGreaterThan(3);
  });

  it('gives up at its deadline, typed, and does not wait twice as long', async () => {
    let calls = 0;
    const engine = await against(() => {
      calls += 1;
    });
    const began = performance.now();
    await expect(engine.search('abc', QUERY, { timeoutMs: 150 })).rejects.toMatchObject({
      code: 'deadline_exceeded',
    });
    expect(performance.now() - began).toBeLessThan(1000);
    expect(calls).toBe(1);
  });

  it('ends at once when the caller has gone', async () => {
    const engine = await against(() => {});
    const caller = new AbortController();
    const answer = engine.search('abc', QUERY, { signal: caller.signal });
    setTimeout(() => caller.abort(), 50);
    await expect(answer).rejects.toMatchObject({ code: 'canceled' });
  });

  it('hands typed errors on; whatever else the engine says is `engine_unavailable`', async () => {
    const engine = await against((request, response) => {
      const known = request.url?.includes('known');
      response.statusCode = known ? 404 : 500;
      const code = request.url?.includes('internal') ? 'internal' : 'not_found';
      response.end(
        known || code === 'internal'
          ? JSON.stringify({ error: { code, message: 'm', hint: 'h' } })
          : '<html>',
      );
    });
    await expect(engine.stats('known')).rejects.toMatchObject({ code: 'not_found', message: 'm' });
    await expect(engine.stats('internal')).rejects.toMatchObject({ code: 'engine_unavailable' });
    await expect(engine.stats('strange')).rejects.toMatchObject({ code: 'engine_unavailable' });
  });

  it('with nobody listening is `engine_unavailable`, not a hang', async () => {
    const engine = createEmbeddedEngine({ url: 'http://127.0.0.1:9' });
    await expect(engine.list()).rejects.toMatchObject({ code: 'engine_unavailable' });
  });
});
