CREATE TABLE orquestrax.instance_r%1$d (LIKE orquestrax.instance INCLUDING ALL);
CREATE TABLE orquestrax.event_r%1$d (LIKE orquestrax.event INCLUDING ALL);
CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON orquestrax.event_r%1$d
    FOR EACH STATEMENT EXECUTE FUNCTION orquestrax.refuse_rewriting_history();
COMMENT ON TABLE orquestrax.instance_r%1$d IS 'A range of the table instance: see id_range.';
COMMENT ON TABLE orquestrax.event_r%1$d IS 'A range of the table event: see id_range.';
