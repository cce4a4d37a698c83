-- Lists of the events that are kept, and what came of each.

ALTER TABLE cloud_event
    ADD COLUMN subject text,
    ADD COLUMN offered integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN cloud_event.subject IS 'CloudEvents attribute; null where it has none.';
COMMENT ON COLUMN cloud_event.offered IS 'How many instances listened for it when it came.';

-- By position and not by time: those received at the same moment have an order too.
DROP INDEX cloud_event_by_type;
CREATE INDEX cloud_event_by_type ON cloud_event (type, position);
CREATE INDEX cloud_event_by_source ON cloud_event (source, position);
CREATE INDEX cloud_event_by_type_and_source ON cloud_event (type, source, position);

CREATE TABLE cloud_event_taker (
    position    bigint NOT NULL,
    instance_id uuid NOT NULL,
    PRIMARY KEY (position, instance_id)
);
COMMENT ON TABLE cloud_event_taker IS 'Which instances consumed an event, or were started by it. Rows go with their event.';
COMMENT ON COLUMN cloud_event_taker.position IS 'Of the event in cloud_event.';
COMMENT ON COLUMN cloud_event_taker.instance_id IS 'The instance; where it has just been started it may not be there yet.';
