-- One partition per model version: a retired model's vectors go with one DROP, not with a million deletes.
-- The app role owns nothing, so two functions of the owner do it, each only for a model of the tenant that is set.
CREATE FUNCTION create_embedding_partition(model_version text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  tenant text := nullif(current_setting('app.tenant_id', true), '');
  part text := 'embeddings_' || model_version;
BEGIN
  -- The owner is bound by row-level security as well: another tenant's model is not found.
  IF NOT EXISTS (SELECT 1 FROM public.model_versions WHERE tenant_id = tenant AND id = model_version) THEN
    RAISE EXCEPTION 'model version % does not exist', model_version USING ERRCODE = 'no_data_found';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(part, 0));
  IF to_regclass(format('public.%I', part)) IS NOT NULL THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE public.%I (LIKE public.embeddings INCLUDING ALL, CHECK (tenant_id = %L))', part, tenant);
  EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', part);
  EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', part);
  EXECUTE format('CREATE POLICY %I ON public.%I USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), ''''))'
    || ' WITH CHECK (tenant_id = nullif(current_setting(''app.tenant_id'', true), ''''))', part || '_tenant', part);
  EXECUTE format('ALTER TABLE public.embeddings ATTACH PARTITION public.%I FOR VALUES IN (%L)', part, model_version);
END $$;

CREATE FUNCTION drop_embedding_partition(model_version text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  tenant text := nullif(current_setting('app.tenant_id', true), '');
BEGIN
  IF NOT EXISTS (SELECT 1 FROM public.model_versions WHERE tenant_id = tenant AND id = model_version) THEN
    RAISE EXCEPTION 'model version % does not exist', model_version USING ERRCODE = 'no_data_found';
  END IF;
  EXECUTE format('DROP TABLE IF EXISTS public.%I', 'embeddings_' || model_version);
END $$;

REVOKE ALL ON FUNCTION create_embedding_partition(text), drop_embedding_partition(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION create_embedding_partition(text), drop_embedding_partition(text) TO likeness_app;
