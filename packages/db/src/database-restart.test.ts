import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { createTenantRow } from './testing/factories.ts';
import { freePort } from './testing/free-port.ts';
import { makeTemplateDatabase } from './testing/template-database.ts';

describe('the database goes away and comes back', () => {
  let home: string;
  let server: EmbeddedPostgres;
  let db: Database;
  let tenantId: string;
  let options: Parameters<typeof startEmbeddedPostgres>[0];

  beforeAll(async () => {
    home = mkdtempSync(path.join(os.tmpdir(), 'likeness-pg-'));
    chmodSync(home, 0o755);
    options = {
      dataDir: path.join(home, 'postgres'),
      port: await freePort(),
      logFile: path.join(home, 'postgres.log'),
    };
    server = await startEmbeddedPostgres(options);
    db = openDatabase({ ...(await makeTemplateDatabase(server.adminUrl)), poolMax: 3 });
    tenantId = await createTenantRow(db);
  });
  afterAll(async () => {
    await db.close();
    await server.stop();
    rmSync(server.folder, { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  });

  test('while it is away every door says database_unavailable; afterwards the same Database works and listens again', async () => {
    const heard: string[] = [];
    await db.listen('catalog_changed', (payload) => heard.push(payload));
    await server.stop();
    const doors = [
      () => db.tenant(tenantId, (tx) => tx.tenant.count()),
      () => db.system((tx) => tx.tenant.count()),
      () => db.ping(),
    ];
    for (const door of [...doors, () => db.tenantSql(tenantId, (sql) => sql.query('SELECT 1'))]) {
      await expect(door()).rejects.toMatchObject({ code: 'database_unavailable' });
    }
    server = await startEmbeddedPostgres(options);
    expect(await db.tenant(tenantId, (tx) => tx.tenant.count())).toBe(1);
    expect(await db.system((tx) => tx.tenant.count())).toBe(1);
    for (let i = 0; i < 40 && heard.length === 0; i++) await sleep(100);
    expect(heard).toEqual(['']);
    await db.tenant(tenantId, async (tx) => {
      await tx.catalog.create({ data: { tenantId, id: 'cat_1', name: 'main' } });
      await tx.catalog.update({ where: { tenantId_id: { tenantId, id: 'cat_1' } }, data: { name: 'other' } });
    });
    for (let i = 0; i < 40 && heard.length === 1; i++) await sleep(50);
    expect(heard).toEqual(['', `${tenantId} cat_1`]);
  });

  test('a statement that runs too long ends with an error and its transaction leaves nothing', async () => {
    const slow = db.tenantSql(
      tenantId,
      async (sql) => {
        await sql.query("UPDATE tenants SET name = 'changed'");
        await sql.query('SELECT pg_sleep(5)');
      },
      { timeoutMs: 200 },
    );
    await expect(slow).rejects.toThrow(/statement timeout/);
    expect((await db.tenant(tenantId, (tx) => tx.tenant.findFirst()))?.name).toBe('Tenant');
  });

  test('a statement that failed unheeded in plain SQL is not mistaken for a commit', async () => {
    const unheeded = db.tenantSql(tenantId, async (sql) => {
      await sql.query('SELECT 1 / 0').catch(() => {});
      return 'fine';
    });
    await expect(unheeded).rejects.toThrow(/undone/);
  });
});
