import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { newId } from '@likeness/contracts/ids';
import { PrismaClient } from '@likeness/db/generated/client';
import { setTenant } from '@likeness/db/set-tenant';
import { MODEL_TENANCY, TENANT_MODELS, type TenantModel } from '@likeness/db/tenant-models';
import { createTenantSample, type TenantSample } from '@likeness/db/testing/factories';
import { createTestDatabase, type TestDatabase } from '@likeness/db/testing/test-database';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { figure } from '../support/figure.ts';

const schemaFolder = path.resolve(import.meta.dirname, '../../prisma/schema');
const schema = readdirSync(schemaFolder)
  .map((file) => readFileSync(path.join(schemaFolder, file), 'utf8'))
  .join('\n');
/** Model → its table and the code of its tenant column, read from the schema itself. */
const models = [...schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => ({
  name: name as keyof typeof MODEL_TENANCY,
  table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? '',
  hasTenantId: /^\s+tenantId\s/m.test(body),
}));
const tableOf = new Map(models.map((model) => [model.name, model.table]));
const tenantTables = TENANT_MODELS.map((model) => [model, tableOf.get(model) ?? ''] as const);
const refused = /row-level security|permission denied/i;

type Delegate = {
  findMany(): Promise<unknown[]>;
  count(): Promise<number>;
  create(args: { data: unknown }): Promise<unknown>;
  updateMany(args: { data: unknown }): Promise<{ count: number }>;
  deleteMany(): Promise<{ count: number }>;
};
const delegateOf = (client: object, model: string): Delegate =>
  (client as Record<string, Delegate>)[`${model[0]?.toLowerCase()}${model.slice(1)}`] as Delegate;

describe('the tenant was forgotten (property 3)', () => {
  let at: TestDatabase;
  let sample: TenantSample;
  let admin: pg.Client;
  let bare: PrismaClient;
  let app: pg.Client;

  beforeAll(async () => {
    at = await createTestDatabase();
    sample = await createTenantSample(at.db);
    admin = new pg.Client({ connectionString: at.adminUrl });
    await admin.connect();
    // One connection: each statement runs where a tenant was served a moment ago.
    bare = new PrismaClient({ adapter: new PrismaPg({ connectionString: at.appUrl, max: 1 }) });
    await bare.$transaction(async (tx) => {
      await setTenant(tx, sample.tenantId);
      expect(await tx.product.count()).toBe(1);
    });
    app = new pg.Client({ connectionString: at.appUrl });
    await app.connect();
  });
  afterAll(async () => {
    await app.end();
    await bare.$disconnect();
    await admin.end();
    await at.close();
  });

  /** A fingerprint of every row of every table, seen by the superuser. */
  async function fingerprint(): Promise<string> {
    const parts: string[] = [];
    for (const { table } of models) {
      const { rows } = await admin.query(
        `SELECT count(*) AS n, md5(string_agg(t::text, '|' ORDER BY t::text)) AS hash FROM ${table} t`,
      );
      parts.push(`${table} ${rows[0].n} ${rows[0].hash}`);
    }
    return parts.join('\n');
  }

  test('every model of the schema is classified, and exactly those with a tenant column are tenant models', () => {
    expect(models.map((model) => model.name).sort()).toEqual(Object.keys(MODEL_TENANCY).sort());
    const withTenant = models
      .filter((model) => model.hasTenantId || model.name === 'Tenant')
      .map((model) => model.name);
    expect([...TENANT_MODELS].sort()).toEqual(withTenant.sort());
  });

  test('the sample has a row in every tenant table, so that what follows means something', async () => {
    for (const [, table] of tenantTables) {
      const { rows } = await admin.query(`SELECT count(*)::int AS n FROM ${table}`);
      expect(rows[0].n, table).toBeGreaterThan(0);
    }
  });

  test.each(tenantTables)(
    '%s: read, changed and deleted without a tenant touches no row',
    async (model: TenantModel, table) => {
      const before = await fingerprint();
      const delegate = delegateOf(bare, model);
      expect(await delegate.findMany()).toEqual([]);
      expect(await delegate.count()).toBe(0);
      const change = model === 'Tenant' ? { id: newId('tenant') } : { tenantId: newId('tenant') };
      for (const write of [() => delegate.updateMany({ data: change }), () => delegate.deleteMany()]) {
        const result = await write().catch((error: Error) => error);
        if (result instanceof Error) expect(result.message).toMatch(refused);
        else expect(result.count).toBe(0);
      }
      expect((await app.query(`SELECT * FROM ${table}`)).rows).toEqual([]);
      expect(await fingerprint()).toBe(before);
    },
  );

  test.each(tenantTables)(
    '%s: a row cannot be written without a tenant, nor under an empty or another one',
    async (_model, table) => {
      const before = await fingerprint();
      const key = table === 'tenants' ? 'id' : 'tenant_id';
      const copies = ['', sample.tenantId, newId('tenant')];
      const { rows: columns } = await admin.query<{ column_name: string }>(
        'SELECT column_name FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position',
        [table],
      );
      const names = columns.map((column) => column.column_name);
      // A copy of a real row, so that nothing but the policy refuses it.
      const { rows: real } = await admin.query(`SELECT * FROM ${table} LIMIT 1`);
      for (const tenantSet of [null, '', sample.tenantId]) {
        for (const tenantId of copies.filter((copy) => copy !== tenantSet || copy === '')) {
          await app.query('BEGIN');
          if (tenantSet !== null)
            await app.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenantSet]);
          const values = names.map((name) => (name === key ? tenantId : asParameter(real[0][name])));
          const insert = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')})`;
          await expect(
            app.query(insert, values),
            `${table} tenant ${tenantSet} row ${tenantId}`,
          ).rejects.toThrow(refused);
          await app.query('ROLLBACK');
        }
      }
      expect(await fingerprint()).toBe(before);
    },
  );

  test('another tenant sees, changes and deletes nothing, and learns nothing from keys', async () => {
    const other = await createTenantSample(at.db, 'Other');
    const before = await fingerprint();
    await at.db.tenant(other.tenantId, async (tx) => {
      for (const model of TENANT_MODELS) {
        const rows = (await delegateOf(tx, model).findMany()) as { tenantId?: string; id?: string }[];
        expect(
          rows.map((row) => (model === 'Tenant' ? row.id : row.tenantId)),
          model,
        ).toEqual(rows.map(() => other.tenantId));
      }
      expect(
        await tx.product.updateMany({ where: { id: sample.productId }, data: { title: 'mine' } }),
      ).toEqual({ count: 0 });
      expect(await tx.product.deleteMany({ where: { tenantId: sample.tenantId } })).toEqual({ count: 0 });
    });
    const pointAtForeign = at.db.tenant(other.tenantId, (tx) =>
      tx.image.create({
        data: {
          ...{
            tenantId: other.tenantId,
            id: newId('image'),
            catalogId: sample.catalogId,
            productId: sample.productId,
          },
          ...{
            sourceName: 'x',
            sha256: 'x',
            width: 1,
            height: 1,
            bytes: 1,
            originalKey: 'x',
            displayKey: 'x',
          },
        },
      }),
    );
    await expect(pointAtForeign).rejects.toThrow(/foreign key/i);
    expect(await fingerprint()).toBe(before);
  });

  test('another tenant can neither make nor drop the partition of a model', async () => {
    const other = await createTenantSample(at.db, 'Third');
    for (const call of ['create_embedding_partition', 'drop_embedding_partition']) {
      const foreign = at.db.tenant(other.tenantId, (tx) =>
        tx.$executeRawUnsafe(`SELECT ${call}($1)`, sample.modelVersionId),
      );
      await expect(foreign).rejects.toThrow(/does not exist/);
    }
    expect(
      (await admin.query(`SELECT count(*)::int AS n FROM embeddings_${sample.modelVersionId}`)).rows[0].n,
    ).toBe(1);
  });

  test('a throw in the middle of a verb leaves no row', async () => {
    const before = await fingerprint();
    const verb = at.db.tenant(sample.tenantId, async (tx) => {
      await tx.catalog.create({ data: { tenantId: sample.tenantId, id: newId('catalog'), name: 'half' } });
      throw new Error('in the middle');
    });
    await expect(verb).rejects.toThrow('in the middle');
    const plain = at.db.tenantSql(sample.tenantId, async (sql) => {
      await sql.query('DELETE FROM products');
      throw new Error('in the middle');
    });
    await expect(plain).rejects.toThrow('in the middle');
    expect(await fingerprint()).toBe(before);
  });

  test('a tenant id that is none is refused before a connection is taken', async () => {
    for (const bad of ['', 'ten_', "ten_' OR 1=1"]) {
      await expect(at.db.tenant(bad, async () => 1)).rejects.toThrow('a tenant id is needed');
      await expect(at.db.tenantSql(bad, async () => 1)).rejects.toThrow('a tenant id is needed');
    }
  });

  test('the system door reads no tenant table beyond its list', async () => {
    const open: string[] = [];
    for (const [, table] of tenantTables) {
      await at.db
        .system((tx) => tx.$queryRawUnsafe(`SELECT 1 FROM ${table}`))
        .then(
          () => open.push(table),
          (error: Error) => expect(error.message).toMatch(refused),
        );
    }
    expect(open.sort()).toEqual(['api_keys', 'jobs', 'memberships', 'tenants']);
    figure(3, {
      figure: `${models.length} tables with no tenant set, on a connection that served one: 0 rows seen, 0 written, 0 left after a throw`,
      limit: '0 rows',
    });
  });
});

/** A value as pg takes it back: JSON as text, arrays and bytes as they are. */
function asParameter(value: unknown): unknown {
  const isJson =
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Date) &&
    !Buffer.isBuffer(value) &&
    !Array.isArray(value);
  return isJson ? JSON.stringify(value) : value;
}
