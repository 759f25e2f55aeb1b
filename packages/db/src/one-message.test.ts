import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenantSample, type TenantSample } from './testing/factories.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

describe('one statement in one message', () => {
  let database: TestDatabase;
  let mine: TenantSample;
  let theirs: TenantSample;
  beforeAll(async () => {
    database = await createTestDatabase();
    mine = await createTenantSample(database.db, 'mine');
    theirs = await createTenantSample(database.db, 'theirs');
  });
  afterAll(() => database?.close());

  const catalogs = (tenantId: string, name = 'list_catalogs') =>
    database.db.tenantStatement<{ id: string }>(tenantId, {
      name,
      text: 'SELECT id FROM catalogs',
      values: [],
    });

  it('sees this tenant’s rows alone, one call after the other on the same connections', async () => {
    for (const sample of [mine, theirs, mine, theirs])
      expect(await catalogs(sample.tenantId)).toEqual([{ id: sample.catalogId }]);
  });

  it('takes every kind of value as what it is, quotes and backslashes included', async () => {
    const values = [
      `it's "x" \\ $1 '); DROP TABLE catalogs; --`,
      1.5,
      true,
      null,
      new Date(0),
      [0.1, 0.9],
      ['a"b\\c,{}', ''],
    ];
    const text =
      'SELECT $1::text AS a, $2::float8 AS b, $3::bool AS c, $4::text AS d, $5::timestamptz AS e, $6::float8[] AS f, $7::text[] AS g';
    const [row] = await database.db.tenantStatement(mine.tenantId, { name: 'all_kinds', text, values });
    expect(Object.values(row ?? {})).toEqual(values);
  });

  it('undoes everything of a statement that fails, and the pool goes on', async () => {
    const broken = { name: 'broken', text: 'SELECT 1 / $1::int', values: [0] };
    await expect(database.db.tenantStatement(mine.tenantId, broken)).rejects.toThrow();
    expect(await catalogs(mine.tenantId)).toEqual([{ id: mine.catalogId }]);
  });

  it('writes no row of another tenant', async () => {
    const text = `INSERT INTO catalogs (tenant_id, id, name) VALUES ($1, 'cat_x', 'planted')`;
    const planted = { name: 'plant', text, values: [theirs.tenantId] };
    await expect(database.db.tenantStatement(mine.tenantId, planted)).rejects.toThrow(/row-level security/);
  });

  it('needs a tenant', async () => {
    await expect(catalogs('')).rejects.toThrow('a tenant id is needed');
  });
});
