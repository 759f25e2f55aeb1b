-- How many runs of a job since its last new checkpoint ended with the death of their worker.
ALTER TABLE jobs ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;
CREATE INDEX jobs_suspects_idx ON jobs (run_after) WHERE state = 'queued' AND crashes > 0;
