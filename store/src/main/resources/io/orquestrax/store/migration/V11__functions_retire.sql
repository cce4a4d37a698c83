ALTER TABLE function ADD COLUMN retired_at timestamptz;
COMMENT ON COLUMN function.retired_at IS 'Since when new definitions cannot call it; null while they can. Its content stays, so that the version never becomes another one.';
COMMENT ON TABLE function IS 'Functions of the default catalog. Their content never changes; a definition keeps its own copy of those that it calls.';
