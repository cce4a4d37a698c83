-- Snapshots, so that a long history need not be read from its beginning.

CREATE TABLE snapshot (
    instance_id uuid PRIMARY KEY,
    sequence    bigint NOT NULL CHECK (sequence >= 1),
    version     integer NOT NULL,
    taken_at    timestamptz NOT NULL DEFAULT now(),
    state       json NOT NULL
);
COMMENT ON TABLE snapshot IS 'States that instances with long histories had; at most one each, the latest. The history alone is the truth: any row may be deleted at any time, and is then made again.';
COMMENT ON COLUMN snapshot.instance_id IS 'The instance. Its row goes when the instance is completed or cancelled.';
COMMENT ON COLUMN snapshot.sequence IS 'Of the last event that the state contains.';
COMMENT ON COLUMN snapshot.version IS 'Of the state''s form; a node that knows another one reads the history from its beginning.';
COMMENT ON COLUMN snapshot.taken_at IS 'When it was written.';
COMMENT ON COLUMN snapshot.state IS 'An array: the state, and the values that it refers to by index.';
