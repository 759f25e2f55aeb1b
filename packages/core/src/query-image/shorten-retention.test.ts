import { PERMISSIONS } from '@likeness/contracts/permissions';
import { createTenantSample } from '@likeness/db/testing/factories';
import { createTestDatabase, type TestDatabase } from '@likeness/db/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx, Deps } from '../context.ts';
import { updateSettings } from '../tenant/update-settings.ts';

let at: TestDatabase;
beforeAll(async () => {
  at = await createTestDatabase();
});
afterAll(() => at.close());

test('lower hours hold for photos that are kept already, in this tenant alone; higher ones lengthen nothing', async () => {
  const [a, b] = [await createTenantSample(at.db, 'A'), await createTenantSample(at.db, 'B')];
  const ctx: Ctx = {
    tenantId: a.tenantId,
    actor: { type: 'user', id: a.userId, permissions: new Set(PERMISSIONS) },
    requestId: 'r',
    deps: { db: at.db, clock: { now: Date.now } } as unknown as Deps,
  };
  const hoursOf = async (tenantId: string): Promise<number[]> => {
    const rows = await at.db.tenant(tenantId, (tx) => tx.queryImage.findMany());
    return rows.map((row) => (row.expiresAt.getTime() - row.createdAt.getTime()) / 3_600_000);
  };
  const purges = (): Promise<number> =>
    at.db.tenant(a.tenantId, (tx) => tx.job.count({ where: { kind: 'purge-query-images' } }));
  const [before = 0] = await hoursOf(a.tenantId);
  expect(before).toBeGreaterThan(0.9);

  await updateSettings(ctx, { queryRetentionHours: 48 });
  expect(await hoursOf(a.tenantId)).toEqual([before]);
  expect(await purges()).toBe(0);

  await updateSettings(ctx, { queryRetentionHours: 0.5 });
  expect(await hoursOf(a.tenantId)).toEqual([0.5]);
  await updateSettings(ctx, { queryRetentionHours: 0 });
  expect(await hoursOf(a.tenantId)).toEqual([0]);
  expect(await purges()).toBe(1);
  expect(await hoursOf(b.tenantId)).toEqual([expect.closeTo(before, 1)]);
});
