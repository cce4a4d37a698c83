-- As latest.sql, for many instances.
WITH kept AS MATERIALIZED (
    SELECT instance_id, sequence, taken_at, state
    FROM orquestrax.snapshot
    WHERE instance_id = ANY (?::uuid[]) AND version = ?
)
SELECT true AS is_snapshot, instance_id, sequence, taken_at AS time, 0::bigint AS activation, 0 AS attempt,
       '' AS type, NULL AS task, state AS data
FROM kept
UNION ALL
SELECT false, later.instance_id, later.sequence, later.time, later.activation, later.attempt, later.type, later.task,
       later.data
FROM unnest(?::uuid[]) AS wanted (id)
LEFT JOIN kept ON kept.instance_id = wanted.id
CROSS JOIN LATERAL (
    SELECT instance_id, sequence, time, activation, attempt, type, task, data
    FROM orquestrax.event
    WHERE instance_id = wanted.id AND sequence > coalesce(kept.sequence, 0)
    ORDER BY sequence
    LIMIT ?
) AS later
ORDER BY instance_id, sequence
