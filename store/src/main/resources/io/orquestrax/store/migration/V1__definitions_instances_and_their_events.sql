-- Definitions, instances, their events, and who owns them.
-- Names and keys are compared byte by byte (COLLATE "C"), whatever the database's own order is.

CREATE TABLE definition (
    namespace     text COLLATE "C" NOT NULL,
    name          text COLLATE "C" NOT NULL,
    version       text COLLATE "C" NOT NULL,
    version_order text COLLATE "C" NOT NULL,
    content_hash  text NOT NULL,
    title         text NOT NULL,
    summary       text NOT NULL,
    source        text NOT NULL,
    deployed_at   timestamptz NOT NULL,
    deployed_by   text NOT NULL,
    PRIMARY KEY (namespace, name, version)
);
CREATE INDEX definition_newest ON definition (namespace, name, version_order DESC, version DESC);

COMMENT ON TABLE definition IS 'Deployed workflow documents. A row never changes.';
COMMENT ON COLUMN definition.namespace IS 'First part of its name, as in the document.';
COMMENT ON COLUMN definition.name IS 'Second part of its name, as in the document.';
COMMENT ON COLUMN definition.version IS 'Semantic version, as in the document.';
COMMENT ON COLUMN definition.version_order IS 'The version, written so that the order of the texts is the order of semantic versions.';
COMMENT ON COLUMN definition.content_hash IS 'SHA-256 of the source, lower-case hex.';
COMMENT ON COLUMN definition.title IS 'The document''s title, for people; may be empty.';
COMMENT ON COLUMN definition.summary IS 'The document''s summary, for people; may be empty.';
COMMENT ON COLUMN definition.source IS 'The document as it was deployed, YAML or JSON.';
COMMENT ON COLUMN definition.deployed_at IS 'When it was deployed first.';
COMMENT ON COLUMN definition.deployed_by IS 'Who deployed it first.';

-- Primary key (id) and not (id, partition): ids are UUIDv7, so the table can be split by ranges of id for retention.
CREATE TABLE instance (
    id           uuid NOT NULL,
    started_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    closed_at    timestamptz,
    wake_at      timestamptz,
    partition    integer NOT NULL,
    status       text COLLATE "C" NOT NULL
        CHECK (status IN ('pending', 'running', 'waiting', 'suspended', 'cancelled', 'faulted', 'completed')),
    namespace    text COLLATE "C" NOT NULL,
    name         text COLLATE "C" NOT NULL,
    version      text COLLATE "C" NOT NULL,
    content_hash text NOT NULL,
    key          text COLLATE "C",
    tags         jsonb NOT NULL,
    input        json,
    output       json,
    error        json,
    PRIMARY KEY (id)
);
CREATE INDEX instance_by_status ON instance (status, id);
CREATE INDEX instance_by_definition ON instance (namespace, name, status, id);
CREATE INDEX instance_by_key ON instance (key, id) WHERE key IS NOT NULL;
CREATE INDEX instance_running ON instance (partition, id) WHERE status IN ('pending', 'running');
CREATE INDEX instance_to_wake ON instance (partition, wake_at, id) WHERE status = 'waiting' AND wake_at IS NOT NULL;

COMMENT ON TABLE instance IS 'Runs of definitions. A row is written when the instance starts, when its status changes and when it closes; between, its history is ahead of it.';
COMMENT ON COLUMN instance.id IS 'UUIDv7, made by the server: newer instances have greater ids.';
COMMENT ON COLUMN instance.started_at IS 'When it started.';
COMMENT ON COLUMN instance.updated_at IS 'When this row was last written.';
COMMENT ON COLUMN instance.closed_at IS 'When it was cancelled, faulted or completed; null while it is open.';
COMMENT ON COLUMN instance.wake_at IS 'When a waiting instance wants to be woken; null where nothing is due.';
COMMENT ON COLUMN instance.partition IS 'The partition that it lies in, by hash of its id; it never changes.';
COMMENT ON COLUMN instance.status IS 'The phase, in the DSL''s words.';
COMMENT ON COLUMN instance.namespace IS 'Of its definition.';
COMMENT ON COLUMN instance.name IS 'Of its definition.';
COMMENT ON COLUMN instance.version IS 'Of its definition.';
COMMENT ON COLUMN instance.content_hash IS 'SHA-256 of its definition''s source.';
COMMENT ON COLUMN instance.key IS 'Business key, unique among the open instances of a definition; null if it has none.';
COMMENT ON COLUMN instance.tags IS 'Object of text values, given at the start.';
COMMENT ON COLUMN instance.input IS 'What it was started with, as it was sent.';
COMMENT ON COLUMN instance.output IS 'Its result; null until it is completed.';
COMMENT ON COLUMN instance.error IS 'Why it faulted (DSL: Error); null otherwise.';

CREATE TABLE event (
    instance_id uuid NOT NULL,
    sequence    bigint NOT NULL CHECK (sequence >= 1),
    time        timestamptz NOT NULL,
    activation  bigint NOT NULL,
    attempt     integer NOT NULL,
    type        text NOT NULL,
    task        text,
    data        json NOT NULL,
    PRIMARY KEY (instance_id, sequence)
);

COMMENT ON TABLE event IS 'The histories: what happened to each instance, in order. Rows are added, never changed.';
COMMENT ON COLUMN event.instance_id IS 'The instance that it happened to.';
COMMENT ON COLUMN event.sequence IS 'From 1 in each instance, without gaps.';
COMMENT ON COLUMN event.time IS 'When the decision was made.';
COMMENT ON COLUMN event.activation IS 'Number of the task''s execution inside its instance; 0 where there is none.';
COMMENT ON COLUMN event.attempt IS 'Number of the try inside the activation; 0 where there is none.';
COMMENT ON COLUMN event.type IS 'What happened, past tense, with its version.';
COMMENT ON COLUMN event.task IS 'JSON pointer of the task in its definition; null for events of the instance itself.';
COMMENT ON COLUMN event.data IS 'What the type has to say, as it was written.';

CREATE FUNCTION refuse_rewriting_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Expected history to stand as it was written, but got %', tg_op
        USING ERRCODE = 'restrict_violation', HINT = 'Retention drops whole ranges of ids, not rows.';
END
$$;
COMMENT ON FUNCTION refuse_rewriting_history() IS 'Refuses every statement that would change the table event other than by adding.';

-- By statement, and not on INSERT: it costs the journal nothing.
CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();

CREATE TABLE partition (
    id         integer PRIMARY KEY CHECK (id >= 0),
    epoch      bigint NOT NULL DEFAULT 0,
    owner      text,
    claimed_at timestamptz
);

COMMENT ON TABLE partition IS 'The fixed shares of all instances, and who may write each of them now.';
COMMENT ON COLUMN partition.id IS 'From 0; how many there are is fixed when the database is made.';
COMMENT ON COLUMN partition.epoch IS 'Raised by every claim; a journal write that knows an older one is refused.';
COMMENT ON COLUMN partition.owner IS 'Id of the node that claimed it last; null if released.';
COMMENT ON COLUMN partition.claimed_at IS 'When it was claimed last.';

CREATE TABLE business_key (
    namespace   text COLLATE "C" NOT NULL,
    name        text COLLATE "C" NOT NULL,
    key         text COLLATE "C" NOT NULL,
    instance_id uuid NOT NULL,
    fingerprint text NOT NULL,
    reserved_at timestamptz NOT NULL DEFAULT now(),
    repeats     integer NOT NULL DEFAULT 0,
    PRIMARY KEY (namespace, name, key)
);

COMMENT ON TABLE business_key IS 'The keys of open instances. A row is made before its instance starts and goes when it closes.';
COMMENT ON COLUMN business_key.namespace IS 'Of the definition.';
COMMENT ON COLUMN business_key.name IS 'Of the definition.';
COMMENT ON COLUMN business_key.key IS 'What the caller named the run.';
COMMENT ON COLUMN business_key.instance_id IS 'The open instance that holds it.';
COMMENT ON COLUMN business_key.fingerprint IS 'Of the request that reserved it: tells a repetition from another request.';
COMMENT ON COLUMN business_key.reserved_at IS 'When it was reserved.';
COMMENT ON COLUMN business_key.repeats IS 'How often it was asked for again while it was held.';
