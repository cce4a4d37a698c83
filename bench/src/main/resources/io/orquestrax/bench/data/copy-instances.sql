INSERT INTO orquestrax.instance
    (id, partition, namespace, name, version, content_hash, key, status, started_at, updated_at, closed_at, wake_at,
     input, output, error, tags, parent_id, parent_activation, trigger)
SELECT copy.id, copy.partition, t.namespace, t.name, t.version, t.content_hash, t.key, t.status,
       t.started_at + copy.later, t.updated_at + copy.later, t.closed_at + copy.later, t.wake_at + copy.due_later,
       t.input, t.output, t.error, t.tags, t.parent_id, t.parent_activation, t.trigger
FROM copy
CROSS JOIN orquestrax.instance t
WHERE t.id = ?
ORDER BY copy.id
