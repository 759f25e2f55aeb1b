-- Wakes listeners in the transaction that changed the row: workers, job streams, caches of the live index and of keys.
-- The payload carries ids only ("<tenant_id> <id>"); who listens reads the row under its own tenant.
CREATE FUNCTION notify_row_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_notify(TG_ARGV[0], NEW.tenant_id || ' ' || NEW.id);
  RETURN NULL;
END $$;

CREATE TRIGGER jobs_queued AFTER INSERT OR UPDATE ON jobs
  FOR EACH ROW WHEN (NEW.state = 'queued') EXECUTE FUNCTION notify_row_change('job_queued');
CREATE TRIGGER jobs_changed AFTER UPDATE ON jobs
  FOR EACH ROW WHEN (NEW.version <> OLD.version) EXECUTE FUNCTION notify_row_change('job_changed');
CREATE TRIGGER catalogs_changed AFTER UPDATE ON catalogs
  FOR EACH ROW EXECUTE FUNCTION notify_row_change('catalog_changed');
CREATE TRIGGER api_keys_changed AFTER UPDATE ON api_keys
  FOR EACH ROW WHEN (NEW.last_used_at IS NOT DISTINCT FROM OLD.last_used_at) EXECUTE FUNCTION notify_row_change('api_key_changed');

-- Whatever changes a job counts its version up, so that no writer can forget it.
CREATE FUNCTION count_job_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.state, NEW.progress, NEW.result, NEW.error, NEW.cancel_requested_at)
     IS DISTINCT FROM (OLD.state, OLD.progress, OLD.result, OLD.error, OLD.cancel_requested_at) THEN
    NEW.version := OLD.version + 1;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER jobs_count_version BEFORE UPDATE ON jobs FOR EACH ROW EXECUTE FUNCTION count_job_version();
