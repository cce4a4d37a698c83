SELECT id, partition, namespace, name, version, content_hash, key, status,
       started_at, updated_at, closed_at, wake_at, input, output, error, tags,
       parent_id, parent_activation, trigger
FROM orquestrax.instance
WHERE id = ?
