import { TENANT_MODELS } from '@likeness/db/tenant-models';
import { createTenantSample } from '@likeness/db/testing/factories';
import { countTenantTables, lintTenancy } from '@likeness/db/testing/tenancy-lint';
import { createTestDatabase, type TestDatabase } from '@likeness/db/testing/test-database';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { figure } from '../support/figure.ts';

/** Each takes one guard away; the lint must name it. */
const BREAKS: [what: string, sql: string, finding: RegExp][] = [
  [
    'security not forced',
    'ALTER TABLE products NO FORCE ROW LEVEL SECURITY',
    /not enabled and forced: products/,
  ],
  ['security off', 'ALTER TABLE jobs DISABLE ROW LEVEL SECURITY', /not enabled and forced: jobs/],
  ['no policy', 'DROP POLICY images_tenant ON images', /lacks the tenant policy.*: images/],
  [
    'no check on writes',
    "DROP POLICY images_tenant ON images; CREATE POLICY images_tenant ON images USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')) WITH CHECK (true)",
    /lacks the tenant policy.*: images/,
  ],
  [
    'open policy',
    'CREATE POLICY open ON catalogs USING (true)',
    /opens rows beyond the tenant.*: catalogs\.open/,
  ],
  [
    'system policy elsewhere',
    'CREATE POLICY s ON products TO likeness_system USING (true)',
    /no business with: products/,
  ],
  ['system grant elsewhere', 'GRANT SELECT ON embeddings TO likeness_system', /beyond its list: embeddings/],
  ['app owns a table', 'ALTER TABLE catalogs OWNER TO likeness_app', /owns something: catalogs/],
  ['ledger can be changed', 'GRANT UPDATE ON usage_events TO likeness_app', /append-only.*: usage_events/],
  ['audit can be deleted', 'GRANT DELETE ON audit_entries TO likeness_app', /append-only.*: audit_entries/],
  [
    'global unique',
    'CREATE UNIQUE INDEX bad ON products (external_id)',
    /does not begin with tenant_id: bad/,
  ],
  [
    'foreign key without tenant',
    'CREATE TABLE bad (tenant_id text NOT NULL REFERENCES tenants, id text PRIMARY KEY, owner text REFERENCES bad (id))',
    /does not pair tenant_id/,
  ],
  [
    'view of the owner',
    'CREATE VIEW leak AS SELECT * FROM products',
    /view does not run as its caller: leak/,
  ],
  [
    'granted materialised view',
    'CREATE MATERIALIZED VIEW leak AS SELECT * FROM products; GRANT SELECT ON leak TO likeness_app',
    /materialised view is granted: leak/,
  ],
  [
    'definer without path',
    "CREATE FUNCTION bad() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
    /SECURITY DEFINER.*: bad/,
  ],
  ['truncate', 'GRANT TRUNCATE ON products TO likeness_app', /truncate or reference: products/],
];

describe('tenancy of the database (property 2)', () => {
  let at: TestDatabase;
  let admin: pg.Client;
  beforeAll(async () => {
    at = await createTestDatabase();
    await createTenantSample(at.db);
    admin = new pg.Client({ connectionString: at.adminUrl });
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await at.close();
  });

  test('the migrated database, a partition of a model included, has no finding', async () => {
    const findings = await lintTenancy(admin);
    figure(2, {
      figure: `${findings.length} findings in ${await countTenantTables(admin)} tenant tables`,
      limit: '0 findings',
    });
    expect(findings).toEqual([]);
    expect(await countTenantTables(admin)).toBe(TENANT_MODELS.length + 1);
  });

  test.each(BREAKS)('the lint sees: %s', async (_what, sql, finding) => {
    await admin.query('BEGIN');
    try {
      await admin.query(sql);
      expect((await lintTenancy(admin)).join('\n')).toMatch(finding);
    } finally {
      await admin.query('ROLLBACK');
    }
  });

  test('the app role is refused what only an owner or superuser may do', async () => {
    const app = new pg.Client({ connectionString: at.appUrl });
    await app.connect();
    const refused = [
      'SET row_security = off; SELECT * FROM products',
      'CREATE TABLE mine (id int)',
      'ALTER TABLE products NO FORCE ROW LEVEL SECURITY',
    ];
    for (const sql of [
      ...refused,
      'DROP POLICY products_tenant ON products',
      'TRUNCATE products',
      'SET ROLE likeness_owner',
    ]) {
      await expect(app.query(sql), sql).rejects.toMatchObject({ code: expect.stringMatching(/^42501$/) });
      await app.query('RESET row_security');
    }
    await app.end();
  });
});
