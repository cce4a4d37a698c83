-- The children of an instance, a range of instance_by_parent; the rest of the filter is judged row by row.
SELECT i.id, i.partition, i.namespace, i.name, i.version, i.content_hash, i.key, i.status,
       i.started_at, i.updated_at, i.closed_at, i.wake_at, NULL AS input, NULL AS output, i.error, i.tags,
       i.parent_id, i.parent_activation, i.trigger
FROM orquestrax.instance i
WHERE i.parent_id = ?::uuid
  AND (?::text IS NULL OR i.namespace = ?)
  AND (?::text IS NULL OR i.name = ?)
  AND i.status = ANY (?::text[])
  AND i.id < ?
ORDER BY i.id DESC
LIMIT ?
