-- Remembers who claimed and released which partition, and which process wrote which transaction of the journal:
-- in tables of this bench, so that what it checks is not what the product says of itself.
CREATE SCHEMA IF NOT EXISTS torture;

CREATE TABLE torture.claim (
    number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    partition   integer NOT NULL,
    epoch       bigint NOT NULL,
    owner       text,
    application text NOT NULL
);

CREATE TABLE torture.writer (
    transaction xid NOT NULL,
    application text NOT NULL
);

CREATE FUNCTION torture.remember_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO torture.claim (partition, epoch, owner, application)
    VALUES (new.id, new.epoch, new.owner, current_setting('application_name'));
    RETURN NULL;
END
$$;

CREATE FUNCTION torture.remember_writer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO torture.writer (transaction, application)
    VALUES (pg_current_xact_id()::xid, current_setting('application_name'));
    RETURN NULL;
END
$$;

CREATE TRIGGER torture_remembers_claim AFTER UPDATE ON orquestrax.partition
    FOR EACH ROW WHEN (old.epoch <> new.epoch OR old.owner IS DISTINCT FROM new.owner)
    EXECUTE FUNCTION torture.remember_claim();

CREATE TRIGGER torture_remembers_writer AFTER INSERT ON orquestrax.event
    FOR EACH STATEMENT EXECUTE FUNCTION torture.remember_writer();

-- What was written before the witness came.
INSERT INTO torture.claim (partition, epoch, owner, application)
SELECT id, epoch, owner, '' FROM orquestrax.partition;
