-- The nodes of the cluster.

CREATE TABLE cluster (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    name      text NOT NULL
);
COMMENT ON TABLE cluster IS 'One row: which cluster this database belongs to.';
COMMENT ON COLUMN cluster.singleton IS 'Always true, so that there is one row.';
COMMENT ON COLUMN cluster.name IS 'A node with another name in its settings is refused.';

CREATE TABLE node (
    id           text PRIMARY KEY,
    lock_key     bigint NOT NULL UNIQUE,
    version      text NOT NULL,
    level        integer NOT NULL,
    peer_address text NOT NULL,
    api_address  text NOT NULL,
    state        text COLLATE "C" NOT NULL CHECK (state IN ('joining', 'serving', 'draining', 'leaving')),
    started_at   timestamptz NOT NULL,
    heartbeat_at timestamptz NOT NULL,
    load         json NOT NULL
) WITH (fillfactor = 50);
COMMENT ON TABLE node IS 'The processes that serve this database now, or did until lately.';
COMMENT ON COLUMN node.id IS 'New at every start of a process.';
COMMENT ON COLUMN node.lock_key IS 'Of the advisory lock that the process holds while it lives.';
COMMENT ON COLUMN node.version IS 'Of the product.';
COMMENT ON COLUMN node.level IS 'Of what nodes say to each other and share here; nodes of one cluster differ by one at most.';
COMMENT ON COLUMN node.peer_address IS 'Where other nodes reach it: host:port.';
COMMENT ON COLUMN node.api_address IS 'Where clients and workers reach it: host:port.';
COMMENT ON COLUMN node.state IS 'What it means to do: a draining node owns no partitions, a leaving one will be gone.';
COMMENT ON COLUMN node.started_at IS 'When the process started, by its own clock.';
COMMENT ON COLUMN node.heartbeat_at IS 'When it was last heard of, by this server''s clock.';
COMMENT ON COLUMN node.load IS 'What it said of its load then.';
