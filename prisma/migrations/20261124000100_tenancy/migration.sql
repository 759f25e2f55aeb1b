-- Tenancy: the database refuses by itself (properties 2 and 3).
-- Roles likeness_owner, likeness_app and likeness_system exist already: packages/db/src/provision.ts makes them.

-- 1. No row without a tenant that exists: '' can never be one.
ALTER TABLE tenants ADD CONSTRAINT tenants_id_form CHECK (id ~ '^ten_[0-9a-z]{26}$');

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['catalogs', 'products', 'images', 'import_rejects', 'test_sets', 'test_queries',
    'evaluations', 'evaluation_answers', 'model_versions', 'embeddings', 'index_versions', 'jobs', 'memberships',
    'audit_entries', 'api_keys', 'usage_events', 'impressions', 'search_events', 'query_images']
  LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (tenant_id) REFERENCES tenants (id)',
                   name, name || '_tenant_id_fkey');
  END LOOP;
END $$;

-- 2. A row points only at rows of its own tenant.
CREATE UNIQUE INDEX index_versions_tenant_id_catalog_id_id_key ON index_versions (tenant_id, catalog_id, id);
ALTER TABLE catalogs
  ADD CONSTRAINT catalogs_live_index_version_fkey FOREIGN KEY (tenant_id, id, live_index_version_id)
    REFERENCES index_versions (tenant_id, catalog_id, id),
  ADD CONSTRAINT catalogs_previous_index_version_fkey FOREIGN KEY (tenant_id, id, previous_index_version_id)
    REFERENCES index_versions (tenant_id, catalog_id, id);
ALTER TABLE index_versions
  ADD CONSTRAINT index_versions_embed_model_fkey FOREIGN KEY (tenant_id, embed_model_id)
    REFERENCES model_versions (tenant_id, id),
  ADD CONSTRAINT index_versions_detect_model_fkey FOREIGN KEY (tenant_id, detect_model_id)
    REFERENCES model_versions (tenant_id, id);
ALTER TABLE embeddings
  ADD CONSTRAINT embeddings_model_version_fkey FOREIGN KEY (tenant_id, model_version_id)
    REFERENCES model_versions (tenant_id, id);
ALTER TABLE import_rejects
  ADD CONSTRAINT import_rejects_job_fkey FOREIGN KEY (tenant_id, job_id) REFERENCES jobs (tenant_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT import_rejects_catalog_fkey FOREIGN KEY (tenant_id, catalog_id) REFERENCES catalogs (tenant_id, id) ON DELETE CASCADE;
ALTER TABLE test_sets
  ADD CONSTRAINT test_sets_catalog_fkey FOREIGN KEY (tenant_id, catalog_id) REFERENCES catalogs (tenant_id, id) ON DELETE CASCADE;
ALTER TABLE evaluations
  ADD CONSTRAINT evaluations_catalog_fkey FOREIGN KEY (tenant_id, catalog_id) REFERENCES catalogs (tenant_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT evaluations_test_set_fkey FOREIGN KEY (tenant_id, test_set_id) REFERENCES test_sets (tenant_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT evaluations_index_version_fkey FOREIGN KEY (tenant_id, index_version_id) REFERENCES index_versions (tenant_id, id) ON DELETE CASCADE;
ALTER TABLE evaluation_answers
  ADD CONSTRAINT evaluation_answers_evaluation_fkey FOREIGN KEY (tenant_id, evaluation_id) REFERENCES evaluations (tenant_id, id) ON DELETE CASCADE;
ALTER TABLE user_accounts
  ADD CONSTRAINT user_accounts_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;

-- 3. A piece of work that is waiting or running is not asked for twice.
CREATE UNIQUE INDEX jobs_active_dedupe_key ON jobs (tenant_id, kind, dedupe_key)
  WHERE dedupe_key IS NOT NULL AND state IN ('queued', 'running');
CREATE INDEX jobs_lease_until_idx ON jobs (lease_until) WHERE state = 'running';
ALTER TABLE jobs ADD CONSTRAINT jobs_state_known CHECK (state IN ('queued', 'running', 'done', 'failed', 'canceled'));

-- 4. Row-level security, forced: it binds the owner too. An unset or emptied setting is NULL and matches nothing.
DO $$
DECLARE name text; key text;
BEGIN
  FOREACH name IN ARRAY ARRAY['tenants', 'catalogs', 'products', 'images', 'import_rejects', 'test_sets', 'test_queries',
    'evaluations', 'evaluation_answers', 'model_versions', 'embeddings', 'index_versions', 'jobs', 'memberships',
    'audit_entries', 'api_keys', 'usage_events', 'impressions', 'search_events', 'query_images']
  LOOP
    key := CASE WHEN name = 'tenants' THEN 'id' ELSE 'tenant_id' END;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY %I ON %I USING (%I = nullif(current_setting(''app.tenant_id'', true), ''''))'
      || ' WITH CHECK (%I = nullif(current_setting(''app.tenant_id'', true), ''''))',
      name || '_tenant', name, key, key);
  END LOOP;
  -- Global tables: people and how they sign in. Only the system role sees them whole.
  FOREACH name IN ARRAY ARRAY['users', 'user_accounts', 'sessions', 'sign_in_attempts'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  END LOOP;
  -- The only tables that the system role reads or writes across tenants.
  FOREACH name IN ARRAY ARRAY['tenants', 'memberships', 'api_keys', 'jobs', 'users', 'user_accounts', 'sessions', 'sign_in_attempts']
  LOOP
    EXECUTE format('CREATE POLICY %I ON %I TO likeness_system USING (true) WITH CHECK (true)', name || '_system', name);
  END LOOP;
END $$;

-- A member of the tenant sees who the other members are, never how they sign in (see the column grant below).
CREATE POLICY users_members ON users FOR SELECT TO likeness_app
  USING (EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = users.id
    AND m.tenant_id = nullif(current_setting('app.tenant_id', true), '')));

-- 5. Grants. The app role owns nothing and may neither change nor remove a line of the ledger or of the audit log.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO likeness_app, likeness_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON catalogs, products, images, import_rejects, test_sets, test_queries, evaluations,
  evaluation_answers, model_versions, embeddings, index_versions, jobs, memberships, api_keys, impressions, search_events,
  query_images TO likeness_app;
GRANT SELECT, INSERT, UPDATE ON tenants TO likeness_app;
GRANT SELECT, INSERT ON audit_entries, usage_events TO likeness_app;
GRANT SELECT (id, email, name, locale, created_at) ON users TO likeness_app;

GRANT SELECT ON tenants, api_keys TO likeness_system;
GRANT UPDATE (last_used_at) ON api_keys TO likeness_system;
GRANT UPDATE (suspended_at) ON tenants TO likeness_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON memberships, users, user_accounts, sessions, sign_in_attempts TO likeness_system;
GRANT USAGE ON SEQUENCE sign_in_attempts_id_seq TO likeness_system;
GRANT SELECT, INSERT, UPDATE ON jobs TO likeness_system;
