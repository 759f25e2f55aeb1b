import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenantSample, type TenantSample } from './testing/factories.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

describe('refresh_statistics', () => {
  let database: TestDatabase;
  let shop: TenantSample;
  beforeAll(async () => {
    database = await createTestDatabase();
    shop = await createTenantSample(database.db, 'shop');
  });
  afterAll(() => database?.close());

  const write = (count: number, prefix: string) =>
    database.db.tenantSql(shop.tenantId, (sql) =>
      sql.query(
        `INSERT INTO products (tenant_id, id, catalog_id, external_id, title)
         SELECT $1, 'prd_${prefix}' || i, $2, '${prefix}' || i, 'a title of some length' FROM generate_series(1, ${count}) i`,
        [shop.tenantId, shop.catalogId],
      ),
    );
  const refresh = () =>
    database.db.tenantSql(shop.tenantId, (sql) => sql.query('SELECT refresh_statistics()'));
  const counted = async (): Promise<number> => {
    const { rows } = await database.db.tenantSql(shop.tenantId, (sql) =>
      sql.query<{ count: number }>(
        `SELECT reltuples::int AS count FROM pg_class WHERE oid = 'products'::regclass`,
      ),
    );
    return rows[0]?.count ?? 0;
  };

  it('lets the app role have a table counted that grew, though it may not analyse it itself', async () => {
    await write(2000, 'a');
    await refresh();
    expect(await counted()).toBeGreaterThanOrEqual(2000);
    await database.db.tenantSql(shop.tenantId, (sql) => sql.query('ANALYZE products'));
    const before = await counted();
    await write(500, 'b');
    await database.db.tenantSql(shop.tenantId, (sql) => sql.query('ANALYZE products'));
    expect(await counted(), 'ANALYZE by the app role is a warning, no count').toBe(before);
  });

  it('leaves a table alone that has not doubled, and counts it again when it has', async () => {
    const before = await counted();
    await refresh();
    expect(await counted()).toBe(before);
    await write(6000, 'c');
    await refresh();
    expect(await counted()).toBeGreaterThanOrEqual(8000);
  });
});
