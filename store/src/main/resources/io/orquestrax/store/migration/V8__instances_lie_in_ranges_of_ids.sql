-- Instances and their events lie in ranges of ids, which are ranges of time: what is old goes with its range.
-- The tables as they were become the first range, without being read; their indexes keep their names.

ALTER TABLE instance RENAME TO instance_r1;
ALTER TABLE event RENAME TO event_r1;

CREATE TABLE instance (LIKE instance_r1 INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS)
    PARTITION BY RANGE (id);
ALTER TABLE instance ADD CONSTRAINT instance_all_pkey PRIMARY KEY (id);
CREATE INDEX instance_all_by_status ON instance (status, id);
CREATE INDEX instance_all_by_definition ON instance (namespace, name, status, id);
CREATE INDEX instance_all_by_key ON instance (key, id) WHERE key IS NOT NULL;
CREATE INDEX instance_all_running ON instance (partition, id) WHERE status IN ('pending', 'running');
CREATE INDEX instance_all_to_wake ON instance (partition, wake_at, id) WHERE status = 'waiting' AND wake_at IS NOT NULL;
CREATE INDEX instance_all_by_parent ON instance (parent_id, id) WHERE parent_id IS NOT NULL;
ALTER TABLE instance ATTACH PARTITION instance_r1 FOR VALUES FROM (MINVALUE) TO (MAXVALUE);
COMMENT ON TABLE instance IS 'Runs of definitions. A row is written when the instance starts, when its status changes and when it closes; between, its history is ahead of it.';
COMMENT ON TABLE instance_r1 IS 'A range of the table instance: see id_range.';

CREATE TABLE event (LIKE event_r1 INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS)
    PARTITION BY RANGE (instance_id);
ALTER TABLE event ADD CONSTRAINT event_all_pkey PRIMARY KEY (instance_id, sequence);
ALTER TABLE event ATTACH PARTITION event_r1 FOR VALUES FROM (MINVALUE) TO (MAXVALUE);
CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();
COMMENT ON TABLE event IS 'The histories: what happened to each instance, in order. Rows are added, never changed; they go with their range.';
COMMENT ON TABLE event_r1 IS 'A range of the table event: see id_range.';

CREATE TABLE id_range (
    number  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    from_id uuid UNIQUE NULLS NOT DISTINCT,
    to_id   uuid UNIQUE NULLS NOT DISTINCT,
    is_kept boolean NOT NULL DEFAULT false
);
INSERT INTO id_range (from_id, to_id) VALUES (NULL, NULL);
COMMENT ON TABLE id_range IS 'The ranges of ids, which follow each other without a gap; each is a table of instances and one of events.';
COMMENT ON COLUMN id_range.number IS 'In the names of its tables: instance_r1, event_r1.';
COMMENT ON COLUMN id_range.from_id IS 'The first id in it; null where it has no beginning.';
COMMENT ON COLUMN id_range.to_id IS 'The first id after it; null where it has no end.';
COMMENT ON COLUMN id_range.is_kept IS 'Whether it holds what outlived the ranges that were there before.';
