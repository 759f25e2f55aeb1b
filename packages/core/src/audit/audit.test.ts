import { PERMISSIONS } from '@likeness/contracts/permissions';
import { createTenantRow } from '@likeness/db/testing/factories';
import { createTestDatabase, type TestDatabase } from '@likeness/db/testing/test-database';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ctx, Deps } from '../context.ts';
import { systemClock } from '../ports/clock.ts';
import { createTenant } from '../tenant/create-tenant.ts';
import { findTenant } from '../tenant/find-tenant.ts';
import { getTenant } from '../tenant/get-tenant.ts';
import { updateSettings } from '../tenant/update-settings.ts';
import { listAudit } from './list-audit.ts';
import { recordAudit } from './record-audit.ts';
import { verifyAudit } from './verify-audit.ts';

describe('who did what cannot be denied or changed (property 44)', () => {
  let at: TestDatabase;
  let deps: Deps;
  let owner: pg.Client;
  beforeAll(async () => {
    at = await createTestDatabase();
    deps = { db: at.db, clock: systemClock } as unknown as Deps;
    owner = new pg.Client({ connectionString: at.adminUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await at.close();
  });
  const contextOf = async (): Promise<Ctx> => {
    const actor = { type: 'user' as const, id: 'usr_test', permissions: new Set(PERMISSIONS) };
    return { tenantId: await createTenantRow(at.db), actor, requestId: 'req_1', address: '10.0.0.1', deps };
  };
  const record = (ctx: Ctx, after: unknown): Promise<void> =>
    at.db.tenant(ctx.tenantId, (tx) => recordAudit(tx, ctx, { action: 'test.change', subject: 'x', after }));

  test('lines of writers at the same time form one whole chain, with nested values, dates and 中文', async () => {
    const ctx = await contextOf();
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        record(ctx, { z: i, a: { d: new Date(0), n: [1.5, null], 名: '鞋' }, gone: undefined }),
      ),
    );
    expect(await verifyAudit(ctx)).toEqual({ entries: 20, brokenAt: null });
    const [line] = await listAudit(ctx, { limit: 1 });
    expect(line).toMatchObject({
      seq: 20,
      actorType: 'user',
      actorId: 'usr_test',
      address: '10.0.0.1',
      requestId: 'req_1',
    });
  });

  test('the line stands and falls with its change', async () => {
    const ctx = await contextOf();
    const change = at.db.tenant(ctx.tenantId, async (tx) => {
      await recordAudit(tx, ctx, { action: 'test.change', subject: 'x' });
      throw new Error('after all not');
    });
    await expect(change).rejects.toThrow('after all not');
    expect(await verifyAudit(ctx)).toEqual({ entries: 0, brokenAt: null });
  });

  test('the app role can change and delete no line', async () => {
    const ctx = await contextOf();
    await record(ctx, 1);
    for (const sql of ["UPDATE audit_entries SET actor_id = 'x'", 'DELETE FROM audit_entries']) {
      await expect(at.db.tenant(ctx.tenantId, (tx) => tx.$executeRawUnsafe(sql))).rejects.toThrow(
        /permission denied/,
      );
    }
  });

  test.each([
    [
      'altered',
      (id: string) => `UPDATE audit_entries SET actor_id = 'else' WHERE tenant_id = '${id}' AND seq = 3`,
      3,
    ],
    ['removed', (id: string) => `DELETE FROM audit_entries WHERE tenant_id = '${id}' AND seq = 3`, 3],
    [
      'altered in its values',
      (id: string) => `UPDATE audit_entries SET after = '9' WHERE tenant_id = '${id}' AND seq = 2`,
      2,
    ],
    [
      'moved in time',
      (id: string) =>
        `UPDATE audit_entries SET at = at + interval '1 s' WHERE tenant_id = '${id}' AND seq = 4`,
      4,
    ],
  ])('a line %s by the superuser is found', async (_what, sql, brokenAt) => {
    const ctx = await contextOf();
    for (let i = 0; i < 5; i++) await record(ctx, i);
    expect((await owner.query(sql(ctx.tenantId))).rowCount).toBe(1);
    expect(await verifyAudit(ctx)).toMatchObject({ brokenAt });
  });

  test('making a tenant and changing its settings each leave one line; a taken name is a conflict', async () => {
    const operator = {
      actor: { type: 'operator' as const, id: 'operator', permissions: new Set<never>() },
      requestId: 'req_2',
      deps,
    };
    const made = await createTenant(operator, { name: 'Möbel & Co' });
    await expect(createTenant(operator, { name: 'möbel co' })).rejects.toMatchObject({ code: 'conflict' });
    expect(await findTenant(operator, { nameOrId: 'Möbel & Co' })).toMatchObject({ tenantId: made.tenantId });
    expect(await findTenant(operator, { nameOrId: made.tenantId })).toMatchObject({
      tenantId: made.tenantId,
    });
    expect(await findTenant(operator, { nameOrId: 'nobody' })).toBeNull();
    const ctx: Ctx = { ...(await contextOf()), tenantId: made.tenantId };
    await expect(createTenant(ctx, { name: 'mine' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await updateSettings(ctx, { cropSide: 300 })).toMatchObject({
      cropSide: 300,
      queryRetentionHours: 24,
    });
    await expect(updateSettings(ctx, { cropSide: 1 })).rejects.toMatchObject({ code: 'invalid_request' });
    expect((await getTenant(ctx)).settings.cropSide).toBe(300);
    const lines = await listAudit(ctx);
    expect(lines.map((line) => line.action)).toEqual(['tenant.update_settings', 'tenant.create']);
    expect(lines[0]).toMatchObject({ before: { cropSide: 400 }, after: { cropSide: 300 } });
  });

  test('a name in another script makes a tenant that is found by it', async () => {
    const operator = {
      actor: { type: 'operator' as const, id: 'operator', permissions: new Set<never>() },
      requestId: 'req_3',
      deps,
    };
    const made = await createTenant(operator, { name: '鞋店' });
    expect(made.slug).toBe('鞋店');
    expect(await findTenant(operator, { nameOrId: '鞋店' })).toMatchObject({ tenantId: made.tenantId });
  });
});
