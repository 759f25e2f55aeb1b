-- Until Postgres has looked at a table it plans as if the table were empty: the products of 20 hits were then found by
-- reading every product of the tenant. Its own round comes up to a minute after a bulk write; the job that wrote asks for
-- it at once. Of the tables that bulk writes fill, those are looked at which have twice the pages of the last time.
CREATE FUNCTION refresh_statistics() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  grown regclass;
BEGIN
  FOR grown IN
    SELECT c.oid FROM pg_class c
    WHERE (c.oid IN ('public.products'::regclass, 'public.images'::regclass)
        OR c.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'public.embeddings'::regclass))
      AND pg_relation_size(c.oid) / current_setting('block_size')::int > 2 * c.relpages
  LOOP
    EXECUTE format('ANALYZE (SKIP_LOCKED) %s', grown);
  END LOOP;
END $$;

REVOKE ALL ON FUNCTION refresh_statistics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refresh_statistics() TO likeness_app;
