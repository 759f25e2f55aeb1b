import { PERMISSIONS } from '@likeness/contracts/permissions';
import { createTenantSample } from '@likeness/db/testing/factories';
import { createTestDatabase, type TestDatabase } from '@likeness/db/testing/test-database';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ctx, Deps } from '../context.ts';
import { getTenant } from './get-tenant.ts';
import { updateSettings } from './update-settings.ts';

let at: TestDatabase;
let ctx: Ctx;
beforeAll(async () => {
  at = await createTestDatabase();
});
afterAll(() => at.close());
beforeEach(async () => {
  const { tenantId, userId } = await createTenantSample(at.db, 'Shop');
  const deps = { db: at.db, clock: { now: Date.now } } as unknown as Deps;
  const actor = { type: 'user' as const, id: userId, permissions: new Set(PERMISSIONS) };
  ctx = { tenantId, actor, requestId: 'r', deps };
});

const weights = (centre: number) => ({ centre, score: 0.8 - centre, area: 0.2 });
const stored = async () => (await getTenant(ctx)).settings;

describe('settings that two people change', () => {
  it('are refused to the second, who had not seen what the first saved', async () => {
    const { boxWeights } = await stored();
    await updateSettings(ctx, { boxWeights: weights(0.4), basedOn: { boxWeights } });
    await expect(
      updateSettings(ctx, { boxWeights: weights(0.1), basedOn: { boxWeights } }),
    ).rejects.toMatchObject({ code: 'conflict', status: 409 });
    expect((await stored()).boxWeights).toEqual(weights(0.4));
    await updateSettings(ctx, { boxWeights: weights(0.1), basedOn: { boxWeights: weights(0.4) } });
    expect((await stored()).boxWeights).toEqual(weights(0.1));
  });

  it('are no conflict where both want the same, nor in another section', async () => {
    const { boxWeights, queryRetentionHours } = await stored();
    await updateSettings(ctx, { boxWeights: weights(0.4), basedOn: { boxWeights } });
    await updateSettings(ctx, { boxWeights: weights(0.4), basedOn: { boxWeights } });
    await updateSettings(ctx, { queryRetentionHours: 7, basedOn: { queryRetentionHours } });
    expect(await stored()).toMatchObject({ boxWeights: weights(0.4), queryRetentionHours: 7 });
  });

  it('hold for one of two at once, and for whoever names nothing that they were based on', async () => {
    const { queryRetentionHours } = await stored();
    const save = (hours: number) =>
      updateSettings(ctx, { queryRetentionHours: hours, basedOn: { queryRetentionHours } });
    const ends = await Promise.allSettled([save(5), save(6)]);
    expect(ends.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await updateSettings(ctx, { queryRetentionHours: 8 });
    expect((await stored()).queryRetentionHours).toBe(8);
  });
});
