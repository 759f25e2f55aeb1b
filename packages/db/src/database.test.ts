import { newId } from '@likeness/contracts/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

describe('database', () => {
  let at: TestDatabase;
  beforeAll(async () => {
    at = await createTestDatabase();
  });
  afterAll(() => at.close());

  test('a tenant writes and reads its own rows', async () => {
    const id = newId('tenant');
    await at.db.tenant(id, (tx) => tx.tenant.create({ data: { id, name: 'A', slug: id } }));
    const rows = await at.db.tenant(id, (tx) => tx.tenant.findMany());
    expect(rows.map((row) => row.id)).toEqual([id]);
  });
});
