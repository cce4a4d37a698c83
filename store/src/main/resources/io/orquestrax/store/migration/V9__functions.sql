-- Functions that workflows call by name, version and the catalog "default".
CREATE TABLE function (
    name          text COLLATE "C" NOT NULL,
    version       text COLLATE "C" NOT NULL,
    version_order text COLLATE "C" NOT NULL,
    content_hash  text NOT NULL,
    source        text NOT NULL,
    deployed_at   timestamptz NOT NULL,
    deployed_by   text NOT NULL,
    PRIMARY KEY (name, version)
);
CREATE INDEX function_newest ON function (name, version_order DESC, version DESC);

COMMENT ON TABLE function IS 'Functions of the default catalog. A row never changes; a definition keeps its own copy of those that it calls.';
COMMENT ON COLUMN function.name IS 'By which workflows call it.';
COMMENT ON COLUMN function.version IS 'Semantic version.';
COMMENT ON COLUMN function.version_order IS 'The version, written so that the order of the texts is the order of semantic versions.';
COMMENT ON COLUMN function.content_hash IS 'SHA-256 of the source, lower-case hex.';
COMMENT ON COLUMN function.source IS 'The task as it was deployed, YAML or JSON.';
COMMENT ON COLUMN function.deployed_at IS 'When it was deployed first.';
COMMENT ON COLUMN function.deployed_by IS 'Who deployed it first.';
