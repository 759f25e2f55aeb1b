import { PERMISSIONS } from '@likeness/contracts/permissions';
import { createTenantRow } from '@likeness/db/testing/factories';
import { createTestDatabase, type TestDatabase } from '@likeness/db/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx, Deps } from '../context.ts';
import { systemClock } from '../ports/clock.ts';
import { readLedger } from './read-ledger.ts';

let at: TestDatabase;
beforeAll(async () => {
  at = await createTestDatabase();
});
afterAll(() => at.close());

const contextOf = async (): Promise<Ctx> => {
  const deps = { db: at.db, clock: systemClock } as unknown as Deps;
  const actor = { type: 'user' as const, id: 'usr_test', permissions: new Set(PERMISSIONS) };
  return { tenantId: await createTenantRow(at.db), actor, requestId: 'req_1', deps };
};
const write = (ctx: Ctx, lines: { requestId: string; meter: string; at: Date }[]): Promise<unknown> =>
  at.db.tenant(ctx.tenantId, (tx) =>
    tx.usageEvent.createMany({
      data: lines.map((line) => ({
        ...line,
        tenantId: ctx.tenantId,
        billable: true,
        source: 'api',
        outcome: 'found',
      })),
    }),
  );

test('every line of the month comes once, also where more than a page of them share one moment', async () => {
  const [ctx, other] = [await contextOf(), await contextOf()];
  const moment = new Date('2026-10-15T12:00:00.123Z');
  const lines = Array.from({ length: 1300 }, (_, i) => `req_${String(i).padStart(5, '0')}`).flatMap(
    (requestId) => ['search', 'detect'].map((meter) => ({ requestId, meter, at: moment })),
  );
  const edges = [
    { requestId: 'req_first', meter: 'search', at: new Date('2026-10-01T00:00:00Z') },
    { requestId: 'req_last', meter: 'search', at: new Date('2026-10-31T23:59:59.999Z') },
  ];
  await write(ctx, [...lines, ...edges]);
  await write(ctx, [
    { requestId: 'req_before', meter: 'search', at: new Date('2026-09-30T23:59:59.999Z') },
    { requestId: 'req_after', meter: 'search', at: new Date('2026-11-01T00:00:00Z') },
  ]);
  await write(other, [{ requestId: 'req_theirs', meter: 'search', at: moment }]);
  const read: string[] = [];
  for await (const line of readLedger(ctx, { from: '2026-10-01', to: '2026-10-31' }))
    read.push(`${line.requestId} ${line.meter}`);
  expect(read).toHaveLength(lines.length + 2);
  expect(new Set(read).size).toBe(read.length);
  expect([read[0], read.at(-1)]).toEqual(['req_first search', 'req_last search']);
});
