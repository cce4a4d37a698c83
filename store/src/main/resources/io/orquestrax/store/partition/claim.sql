-- Raises the epochs of partitions whose owner has released them or is dead, if they still have the epochs that the
-- claimer has seen. Waits for the batches that hold the partitions, in the order in which batches lock them, and fences
-- all later ones.
, expected AS (
    SELECT known.id, known.epoch
    FROM unnest(?::integer[], ?::bigint[]) AS known (id, epoch)
),
locked AS MATERIALIZED (
    SELECT p.id, p.owner
    FROM expected
    JOIN orquestrax.partition p ON p.id = expected.id AND p.epoch = expected.epoch
    ORDER BY p.id
    FOR NO KEY UPDATE OF p
),
claimed AS (
    UPDATE orquestrax.partition p
    SET epoch = p.epoch + 1, owner = ?, claimed_at = now()
    FROM locked
    WHERE p.id = locked.id
      AND (locked.owner IS NULL
        OR locked.owner = ?
        OR NOT EXISTS (
            SELECT
            FROM orquestrax.node
            WHERE node.id = locked.owner
              AND node.lock_key IN (SELECT key FROM held)
              AND node.heartbeat_at > clock_timestamp() - ? * interval '1 millisecond'))
    RETURNING p.id, p.epoch
)
SELECT id, epoch, pg_notify('orquestrax_cluster', '')
FROM claimed
