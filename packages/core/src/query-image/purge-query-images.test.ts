import { PERMISSIONS } from '@likeness/contracts/permissions';
import { createTenantSample } from '@likeness/db/testing/factories';
import { createTestDatabase, type TestDatabase } from '@likeness/db/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Deps } from '../context.ts';
import type { JobRun } from '../job/job-run.ts';
import { schedulePurge } from '../job/schedule-purge.ts';
import { purgeQueryImages } from './purge-query-images.ts';

let at: TestDatabase;
beforeAll(async () => {
  at = await createTestDatabase();
});
afterAll(() => at.close());

test('photos go when their time is over, bytes and rows, in each tenant by one job; others stay', async () => {
  const [a, b] = [await createTenantSample(at.db, 'A'), await createTenantSample(at.db, 'B')];
  const deleted: string[] = [];
  let nowMs = Date.now();
  const objects = { delete: async (key: string) => void deleted.push(key) };
  const deps = { db: at.db, objects, clock: { now: () => nowMs } } as unknown as Deps;
  const runOf = (tenantId: string): JobRun<'purge-query-images'> =>
    ({
      ctx: {
        tenantId,
        actor: { type: 'job', id: 'job', permissions: new Set(PERMISSIONS) },
        requestId: 'r',
        deps,
      },
      signal: new AbortController().signal,
      progress: () => {},
      assertLease: async () => {},
    }) as unknown as JobRun<'purge-query-images'>;
  expect(await schedulePurge(deps)).toBe(0);
  expect(await purgeQueryImages(runOf(a.tenantId))).toEqual({ purged: 0 });
  nowMs += 2 * 3_600_000;
  expect(await schedulePurge(deps)).toBe(2);
  expect(await schedulePurge(deps)).toBe(2);
  expect(
    await at.db.tenant(a.tenantId, (tx) => tx.job.count({ where: { kind: 'purge-query-images' } })),
  ).toBe(1);
  expect(await purgeQueryImages(runOf(a.tenantId))).toEqual({ purged: 1 });
  expect(deleted).toEqual([`t/${a.tenantId}/query/1`]);
  const emptied = await at.db.tenant(a.tenantId, (tx) => tx.queryImage.findMany());
  expect(emptied).toMatchObject([{ id: a.queryImageId, originalKey: '', displayKey: null, sha256: '' }]);
  nowMs += 31 * 24 * 3_600_000;
  expect(await purgeQueryImages(runOf(a.tenantId))).toEqual({ purged: 0 });
  expect(await at.db.tenant(a.tenantId, (tx) => tx.queryImage.count())).toBe(0);
  expect(await at.db.tenant(b.tenantId, (tx) => tx.queryImage.count())).toBe(1);
});
