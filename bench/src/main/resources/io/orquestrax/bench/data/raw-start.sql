INSERT INTO bench.instance
    (id, started_at, updated_at, partition, status, namespace, name, version, content_hash, key, tags, input)
SELECT new.id::uuid, t.started_at, t.started_at, t.partition, 'running', t.namespace, t.name, t.version,
       t.content_hash, t.key, t.tags, t.input
FROM unnest(?::text[]) AS new (id)
CROSS JOIN orquestrax.instance t
WHERE t.id = ?
