-- A catalog is gone for everybody the moment its deletion is asked for; a job then takes away what it held.
ALTER TABLE catalogs ADD COLUMN deleted_at TIMESTAMPTZ(3);
