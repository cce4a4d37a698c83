-- All instances before a position, newest first: the primary key backwards.
SELECT i.id, i.partition, i.namespace, i.name, i.version, i.content_hash, i.key, i.status,
       i.started_at, i.updated_at, i.closed_at, i.wake_at, NULL AS input, NULL AS output, i.error, i.tags,
       i.parent_id, i.parent_activation, i.trigger
FROM orquestrax.instance i
WHERE i.id < ?
ORDER BY i.id DESC
LIMIT ?
