import type { Ctx } from '@likeness/core/context';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLOURS, drawGood } from '../support/drawn-goods.ts';
import { figure, full } from '../support/figure.ts';
import { createRestClient, keyFor, type RestClient } from '../support/rest-client.ts';
import { openSmallShop } from '../support/small-shop.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
let rest: RestClient;
let ctx: Ctx;

beforeAll(async () => {
  stack = await startStack();
  rest = await createRestClient(stack.deps);
  ctx = await stack.tenant('ledger');
  await openSmallShop(stack, ctx);
}, 120_000);
afterAll(() => stack?.stop());

type Answer = { request_id: string; outcome?: string; usage: Record<string, number> };

describe('the ledger (property 20)', () => {
  it('has exactly one row for each answer, billable as the contract says, and none for errors', async () => {
    const key = await keyFor(ctx);
    const photo = (await drawGood(COLOURS.red, 1)).toString('base64');
    const blank = (
      await sharp({ create: { width: 200, height: 200, channels: 3, background: '#eee' } })
        .png()
        .toBuffer()
    ).toString('base64');
    const kinds = [
      { path: '/v1/search', body: { image: photo, limit: 2 } },
      { path: '/v1/detect', body: { image: photo } },
      { path: '/v1/search', body: { image: blank } },
      { path: '/v1/search', body: { image: photo, limit: 0 } },
      { path: '/v1/search', body: { image: photo, catalog: 'nothing' } },
      { path: '/v1/search', body: { image: Buffer.from('no picture').toString('base64') } },
    ];
    const total = full ? 5000 : 120;
    const expected = new Map<string, Record<string, number>>();
    let next = 0;
    const client = async (): Promise<void> => {
      while (next < total) {
        const { path, body } = kinds[next++ % kinds.length] as (typeof kinds)[number];
        const answer = await rest.call('POST', path, { key, body });
        if (answer.status === 200)
          expected.set((answer.body as Answer).request_id, (answer.body as Answer).usage);
      }
    };
    await Promise.all(Array.from({ length: 6 }, client));
    const rows = await stack.deps.db.tenant(ctx.tenantId, (tx) => tx.usageEvent.findMany());
    expect(rows.length).toBe(expected.size);
    for (const row of rows)
      expect([row.requestId, row.billable ? { [row.meter]: row.quantity } : {}]).toEqual([
        row.requestId,
        expected.get(row.requestId),
      ]);
    const sums = { search: 0, detect: 0 };
    for (const usage of expected.values())
      for (const [meter, n] of Object.entries(usage)) sums[meter as 'search' | 'detect'] += n;
    expect((await rest.call('GET', '/v1/usage', { key })).body).toMatchObject({ meters: sums });
    figure(20, {
      figure: `${expected.size} answers, ${rows.length} rows, difference ${rows.length - expected.size}`,
      limit: 'difference 0',
    });
  }, 120_000);

  it('a failing engine is a typed 503 without a row', async () => {
    const key = await keyFor(ctx);
    const before = await stack.deps.db.tenant(ctx.tenantId, (tx) => tx.usageEvent.count());
    await stack.killEngine();
    const answer = await rest.call('POST', '/v1/search', {
      key,
      body: { image: (await drawGood(COLOURS.red)).toString('base64') },
    });
    expect([answer.status, (answer.body as { error: { code: string } }).error.code]).toEqual([
      503,
      'engine_unavailable',
    ]);
    expect(answer.headers.get('retry-after')).toBeTruthy();
    expect(await stack.deps.db.tenant(ctx.tenantId, (tx) => tx.usageEvent.count())).toBe(before);
    await stack.startEngine();
    const again = await rest.call('POST', '/v1/search', {
      key,
      body: { image: (await drawGood(COLOURS.red)).toString('base64') },
    });
    expect(again.status).toBe(200);
  }, 60_000);

  it('an event told twice counts once', async () => {
    const key = await keyFor(ctx);
    const event = { type: 'click', request_id: 'req_x', product_id: 'red', position: 1 };
    const first = await rest.call('POST', '/v1/events', { key, body: { events: [event, event] } });
    const second = await rest.call('POST', '/v1/events', { key, body: { events: [event] } });
    expect([first.status, first.body, second.body]).toEqual([202, { accepted: 1 }, { accepted: 0 }]);
  });
});
