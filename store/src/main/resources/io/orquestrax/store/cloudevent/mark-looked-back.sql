-- Rows that the journal is about to change are left for the next time, so that neither waits for the other.
WITH done AS (
    SELECT s.instance_id, s.activation, s.ordinal
    FROM unnest(?::text[], ?::bigint[], ?::integer[], ?::text[], ?::text[], ?::text[])
        AS d (instance_id, activation, ordinal, type, shape, match)
    JOIN orquestrax.subscription s
        ON s.instance_id = d.instance_id::uuid
       AND s.activation = d.activation
       AND s.ordinal = d.ordinal
       AND s.type = d.type
       AND s.shape = d.shape
       AND s.match = d.match
    FOR UPDATE OF s SKIP LOCKED
)
UPDATE orquestrax.subscription
SET looked_back = true
FROM done
WHERE subscription.instance_id = done.instance_id
  AND subscription.activation = done.activation
  AND subscription.ordinal = done.ordinal
