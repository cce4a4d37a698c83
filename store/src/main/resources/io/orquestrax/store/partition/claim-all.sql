-- Waits for the batches that hold the partitions, in the order in which batches lock them, and fences all later ones.
WITH locked AS MATERIALIZED (
    SELECT id
    FROM orquestrax.partition
    ORDER BY id
    FOR NO KEY UPDATE
)
UPDATE orquestrax.partition p
SET epoch = p.epoch + 1, owner = ?, claimed_at = now()
FROM locked
WHERE p.id = locked.id
RETURNING p.id, p.epoch
