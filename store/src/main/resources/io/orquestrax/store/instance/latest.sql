-- The snapshot, where there is one of the version, and the first events after it; those of the beginning otherwise.
WITH kept AS MATERIALIZED (
    SELECT instance_id, sequence, version, taken_at, state
    FROM orquestrax.snapshot
    WHERE instance_id = ? AND version = ?
)
SELECT true AS is_snapshot, instance_id, sequence, taken_at AS time, 0::bigint AS activation, 0 AS attempt,
       '' AS type, NULL AS task, state AS data
FROM kept
UNION ALL
(SELECT false, instance_id, sequence, time, activation, attempt, type, task, data
 FROM orquestrax.event
 WHERE instance_id = ? AND sequence > coalesce((SELECT sequence FROM kept), 0)
 ORDER BY sequence
 LIMIT ?)
ORDER BY sequence
