import type pg from 'pg';
import { APPEND_ONLY_TABLES, SYSTEM_TABLES } from '../tenant-models.ts';

/** Rules of the tenancy, each a query over the catalogue of Postgres that answers what breaks it. */
const RULES: Record<string, string> = {
  'row-level security is not enabled and forced': `
    SELECT relname AS what FROM ours WHERE NOT (relrowsecurity AND relforcerowsecurity)`,
  'a tenant table lacks the tenant policy with USING and WITH CHECK': `
    SELECT relname AS what FROM tenant_tables t WHERE NOT EXISTS (
      SELECT 1 FROM pg_policy p WHERE p.polrelid = t.oid AND p.polpermissive AND p.polcmd = '*' AND p.polroles = '{0}'
        AND pg_get_expr(p.polqual, p.polrelid) ~ 'NULLIF\\(current_setting\\(''app\\.tenant_id'''
        AND pg_get_expr(p.polwithcheck, p.polrelid) = pg_get_expr(p.polqual, p.polrelid))`,
  'a policy opens rows beyond the tenant to another role than likeness_system': `
    SELECT t.relname || '.' || p.polname AS what FROM pg_policy p JOIN ours t ON t.oid = p.polrelid
    WHERE pg_get_expr(p.polqual, p.polrelid) !~ 'NULLIF\\(current_setting\\(''app\\.tenant_id'''
      AND p.polroles <> ARRAY[(SELECT oid FROM pg_roles WHERE rolname = 'likeness_system')]`,
  'a policy for likeness_system on a table it has no business with': `
    SELECT t.relname AS what FROM pg_policy p JOIN ours t ON t.oid = p.polrelid
    WHERE (SELECT oid FROM pg_roles WHERE rolname = 'likeness_system') = ANY (p.polroles) AND NOT t.relname = ANY ($1)`,
  'likeness_system may read a table beyond its list': `
    SELECT relname AS what FROM ours WHERE NOT relname = ANY ($1)
      AND (has_table_privilege('likeness_system', oid, 'SELECT, INSERT, UPDATE, DELETE') OR has_any_column_privilege('likeness_system', oid, 'SELECT, INSERT, UPDATE'))`,
  'a role of the product is superuser, bypasses policies, may create roles or belongs to another role': `
    SELECT rolname AS what FROM pg_roles r WHERE rolname IN ('likeness_owner', 'likeness_app', 'likeness_system')
      AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR EXISTS (SELECT 1 FROM pg_auth_members m WHERE m.member = r.oid))`,
  'likeness_app or likeness_system owns something': `
    SELECT c.relname AS what FROM pg_class c WHERE pg_get_userbyid(c.relowner) IN ('likeness_app', 'likeness_system')
    UNION ALL SELECT p.proname FROM pg_proc p WHERE pg_get_userbyid(p.proowner) IN ('likeness_app', 'likeness_system')
    UNION ALL SELECT n.nspname FROM pg_namespace n WHERE pg_get_userbyid(n.nspowner) IN ('likeness_app', 'likeness_system')`,
  'likeness_app or likeness_system may create objects, truncate or reference': `
    SELECT n.nspname || ' ' || r.rolname AS what FROM pg_namespace n, (VALUES ('likeness_app'), ('likeness_system')) r (rolname)
    WHERE n.nspname = 'public' AND has_schema_privilege(r.rolname, n.oid, 'CREATE')
    UNION ALL SELECT t.relname || ' ' || r.rolname FROM ours t, (VALUES ('likeness_app'), ('likeness_system')) r (rolname)
    WHERE has_table_privilege(r.rolname, t.oid, 'TRUNCATE, REFERENCES, TRIGGER')`,
  'an append-only table may be changed by the app': `
    SELECT relname AS what FROM ours WHERE relname = ANY ($2)
      AND (has_table_privilege('likeness_app', oid, 'UPDATE, DELETE') OR has_any_column_privilege('likeness_app', oid, 'UPDATE'))`,
  'a key or unique index of a tenant table does not begin with tenant_id': `
    SELECT i.indexrelid::regclass::text AS what FROM pg_index i JOIN tenant_tables t ON t.oid = i.indrelid
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
    WHERE i.indisunique AND t.relname <> 'tenants' AND a.attname <> 'tenant_id'`,
  'a foreign key between tenant tables does not pair tenant_id with tenant_id': `
    SELECT c.conrelid::regclass || '.' || c.conname AS what FROM pg_constraint c
    JOIN tenant_tables f ON f.oid = c.conrelid JOIN tenant_tables t ON t.oid = c.confrelid
    WHERE c.contype = 'f' AND t.relname <> 'tenants' AND NOT EXISTS (
      SELECT 1 FROM unnest(c.conkey, c.confkey) k (src, dst)
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.src AND a.attname = 'tenant_id'
      JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.dst AND b.attname = 'tenant_id')`,
  'a tenant_id may be null, has a default, or names no tenant': `
    SELECT t.relname AS what FROM tenant_tables t
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'tenant_id'
    WHERE NOT a.attnotnull OR a.atthasdef OR NOT EXISTS (
      SELECT 1 FROM pg_constraint c WHERE c.conrelid = t.oid AND c.contype = 'f' AND c.confrelid = 'tenants'::regclass)`,
  'a view does not run as its caller': `
    SELECT c.relname AS what FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'v' AND NOT coalesce(c.reloptions, '{}') && ARRAY['security_invoker=true', 'security_invoker=on']`,
  'a materialised view is granted': `
    SELECT c.relname AS what FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'm'
      AND (has_table_privilege('likeness_app', c.oid, 'SELECT') OR has_table_privilege('likeness_system', c.oid, 'SELECT'))`,
  'a SECURITY DEFINER function has no fixed search_path, or everybody may call it': `
    SELECT p.proname AS what FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'public' AND p.prosecdef AND (
      NOT EXISTS (SELECT 1 FROM unnest(p.proconfig) c WHERE c LIKE 'search_path=%')
      OR EXISTS (SELECT 1 FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x WHERE x.grantee = 0))`,
  'a partition of the embeddings is granted by itself': `
    SELECT c.relname AS what FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'embeddings'::regclass AND (has_table_privilege('likeness_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE')
      OR has_table_privilege('likeness_system', c.oid, 'SELECT, INSERT, UPDATE, DELETE'))`,
};

const TABLES = `
  WITH ours AS (
    SELECT c.* FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'),
  tenant_tables AS (
    SELECT o.* FROM ours o WHERE o.relname = 'tenants' OR EXISTS (
      SELECT 1 FROM pg_attribute a WHERE a.attrelid = o.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped))`;

/** What in this database breaks the tenancy rules, each as `rule: object`. Needs a role that sees the catalogue. */
export async function lintTenancy(client: Pick<pg.Client, 'query'>): Promise<string[]> {
  const findings: string[] = [];
  for (const [rule, query] of Object.entries(RULES)) {
    const used = `$1::text[] IS NOT NULL AND $2::text[] IS NOT NULL`;
    const { rows } = await client.query<{ what: string }>(
      `${TABLES} SELECT what FROM (${query}) found WHERE ${used}`,
      [SYSTEM_TABLES, APPEND_ONLY_TABLES],
    );
    findings.push(...rows.map((row) => `${rule}: ${row.what}`));
  }
  return findings;
}

/** How many tables the lint looked at; 0 would make its silence worthless. */
export async function countTenantTables(client: Pick<pg.Client, 'query'>): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `${TABLES} SELECT count(*)::int AS n FROM tenant_tables`,
  );
  return rows[0]?.n ?? 0;
}
