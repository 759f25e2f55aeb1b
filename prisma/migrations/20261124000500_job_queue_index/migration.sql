-- The next job of a tenant without sorting all that wait.
CREATE INDEX jobs_queue_idx ON jobs (tenant_id, run_after, id) WHERE state = 'queued';
