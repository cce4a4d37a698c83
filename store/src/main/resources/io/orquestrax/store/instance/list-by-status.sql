-- The first page of each status, put together: each is a range of instance_by_status, which is in order only inside one.
-- Written as a range and not as "status = …", for then the primary key would be in order too, and a planner that takes a
-- rare status for a frequent one would read all instances along it.
SELECT i.id, i.partition, i.namespace, i.name, i.version, i.content_hash, i.key, i.status,
       i.started_at, i.updated_at, i.closed_at, i.wake_at, NULL AS input, NULL AS output, i.error, i.tags,
       i.parent_id, i.parent_activation, i.trigger
FROM unnest(?::text[]) AS wanted (status)
CROSS JOIN LATERAL (
    SELECT *
    FROM orquestrax.instance one
    WHERE one.status >= wanted.status COLLATE "C"
      AND (one.status, one.id) < (wanted.status COLLATE "C", ?)
    ORDER BY one.status DESC, one.id DESC
    LIMIT ?
) AS i
ORDER BY i.id DESC
LIMIT ?
