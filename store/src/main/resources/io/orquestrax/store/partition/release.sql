-- In the order in which others lock them.
WITH locked AS MATERIALIZED (
    SELECT p.id
    FROM unnest(?::integer[], ?::bigint[]) AS given (id, epoch)
    JOIN orquestrax.partition p ON p.id = given.id AND p.epoch = given.epoch AND p.owner = ?
    ORDER BY p.id
    FOR NO KEY UPDATE OF p
),
released AS (
    UPDATE orquestrax.partition p
    SET owner = NULL
    FROM locked
    WHERE p.id = locked.id
    RETURNING p.id
)
SELECT id, pg_notify('orquestrax_cluster', '')
FROM released
